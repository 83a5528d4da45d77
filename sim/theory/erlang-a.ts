import type { ErlangC, ErlangCFigures } from './erlang-c.ts';

/** A queue of the type M/M/c+M: as Erlang C, but callers hang up after an exponential time. */
export interface ErlangA extends ErlangC {
  /** 1 over the mean patience; above 0. The arrival rate may be as high as it likes. */
  readonly abandonmentRate: number;
}

/** What such a queue does in the long run. */
export interface ErlangAFigures extends ErlangCFigures {
  /** Share of the contacts that hang up. */
  readonly abandonedShare: number;
  /** Of all contacts, until they are answered or hang up. */
  readonly meanWait: number;
}

/**
 * The Palm/Erlang-A queue, by the stationary distribution of the number of contacts in it.
 *
 * Sources: C. Palm, "Research on telephone traffic carried by full availability groups", Tele 1 (1957); O.
 * Garnett, A. Mandelbaum and M. Reiman, "Designing a call center with impatient customers", Manufacturing &
 * Service Operations Management 4 (2002); A. Mandelbaum and S. Zeltyn, "Service engineering in action: the
 * Palm/Erlang-A queue, with applications to call centers" (2007).
 */
export function erlangA(model: ErlangA): ErlangAFigures {
  const { arrivalRate, abandonmentRate } = model;
  // What arrives sees the queue as it is in the long run (Poisson arrivals see time averages).
  const queued = queueLengthsWhenBusy(model);
  const waits = sumOf(queued);
  const meanQueued = queued.reduce((sum, share, length) => sum + share * length, 0);
  return {
    waitProbability: waits,
    abandonedShare: (abandonmentRate * meanQueued) / arrivalRate,
    meanWait: meanQueued / arrivalRate,
    shareWithin: (time) => 1 - stillAhead(model, queued, time) * Math.exp(-abandonmentRate * time),
  };
}

/** Terms below this part of the largest one add nothing that a double could hold. */
const NEGLIGIBLE = 1e-18;

/** The probability that all agents are busy and that many contacts wait, by their number. */
function queueLengthsWhenBusy(model: ErlangA): number[] {
  const { servers, arrivalRate, serviceRate } = model;
  // Birth and death: each state's weight by that of its neighbour, from the state with all agents busy and nobody
  // waiting. As logarithms, since they may be of any size; the largest one becomes 1.
  const logs = [0];
  let [log, largest] = [0, 0];
  for (let length = 1; log > largest + Math.log(NEGLIGIBLE); length += 1) {
    log += Math.log(arrivalRate / departureRate(model, length));
    largest = Math.max(largest, log);
    logs.push(log);
  }
  const queued = logs.map((each) => Math.exp(each - largest));
  let [idle, logIdle] = [0, -largest];
  for (let inHand = servers; inHand > 0; inHand -= 1) {
    logIdle += Math.log((inHand * serviceRate) / arrivalRate);
    idle += Math.exp(logIdle);
  }
  const all = sumOf(queued) + idle;
  return queued.map((weight) => weight / all);
}

/** The rate at which contacts leave when all agents are busy and that many wait. */
function departureRate({ servers, serviceRate, abandonmentRate }: ErlangA, waiting: number): number {
  return servers * serviceRate + waiting * abandonmentRate;
}

/**
 * The probability that an arriving contact that never hangs up would wait longer than that: those ahead of it
 * leave one by one, answered or not. Their number in the course of time is followed by uniformisation (A.
 * Jensen, "Markoff chains as an aid in the study of Markoff processes", Skandinavisk Aktuarietidskrift 36, 1953).
 */
function stillAhead(model: ErlangA, queued: readonly number[], time: number): number {
  const rate = departureRate(model, queued.length - 1);
  const mean = rate * time;
  let ahead = [...queued];
  let still = 0;
  let logWeight = -mean;
  for (let jumps = 0; ; jumps += 1) {
    const weight = Math.exp(logWeight);
    still += weight * sumOf(ahead);
    if (jumps > mean && weight < NEGLIGIBLE) return still;
    // Who leaves while nobody is ahead any more makes room for the contact itself.
    ahead = ahead.map((share, length) => {
      const fromAbove = ahead[length + 1] ?? 0;
      return (
        share * (1 - departureRate(model, length) / rate) +
        (fromAbove * departureRate(model, length + 1)) / rate
      );
    });
    logWeight += Math.log(mean / (jumps + 1));
  }
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
