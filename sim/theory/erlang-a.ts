import type { ErlangC, ErlangCFigures } from './erlang-c.ts';

/** An M/M/c+M queue: Erlang C with exponential patience. */
export interface ErlangA extends ErlangC {
  /** 1 divided by the mean patience; above 0. There is no limit on the arrival rate. */
  readonly abandonmentRate: number;
}

/** The figures of the queue in steady state. */
export interface ErlangAFigures extends ErlangCFigures {
  /** The share of contacts that abandon. */
  readonly abandonedShare: number;
  /** Of all contacts, until they are answered or abandon. */
  readonly meanWait: number;
}

/**
 * The figures of the Palm/Erlang-A queue, from the stationary distribution of the number of contacts.
 *
 * Sources: C. Palm, "Research on telephone traffic carried by full availability groups", Tele 1 (1957); O.
 * Garnett, A. Mandelbaum and M. Reiman, "Designing a call center with impatient customers", Manufacturing &
 * Service Operations Management 4 (2002); A. Mandelbaum and S. Zeltyn, "Service engineering in action: the
 * Palm/Erlang-A queue, with applications to call centers" (2007).
 */
export function erlangA(model: ErlangA): ErlangAFigures {
  const { arrivalRate, abandonmentRate } = model;
  // Poisson arrivals see time averages.
  const queued = queueLengthsWhenBusy(model);
  const waitProbability = sumOf(queued);
  const meanQueued = queued.reduce((sum, share, length) => sum + share * length, 0);
  return {
    waitProbability,
    abandonedShare: (abandonmentRate * meanQueued) / arrivalRate,
    meanWait: meanQueued / arrivalRate,
    shareWithin: (time) => 1 - stillAhead(model, queued, time) * Math.exp(-abandonmentRate * time),
  };
}

/** Terms that are smaller than the largest one by this factor do not change a double. */
const NEGLIGIBLE = 1e-18;

/** The probabilities that all agents are busy and 0, 1, 2, ... contacts wait. */
function queueLengthsWhenBusy(model: ErlangA): number[] {
  const { servers, arrivalRate, serviceRate } = model;
  // A birth-death process: the weight of each state follows from its neighbour, starting from all agents busy
  // and an empty queue. Weights are logarithms, because they may be of any magnitude; the largest one becomes
  // 1.
  const logs = [0];
  let [log, largest] = [0, 0];
  for (let length = 1; log > largest + Math.log(NEGLIGIBLE); length += 1) {
    log += Math.log(arrivalRate / departureRate(model, length));
    largest = Math.max(largest, log);
    logs.push(log);
  }
  const queued = logs.map((log) => Math.exp(log - largest));
  let [idle, logIdle] = [0, -largest];
  for (let served = servers; served > 0; served -= 1) {
    logIdle += Math.log((served * serviceRate) / arrivalRate);
    idle += Math.exp(logIdle);
  }
  const all = sumOf(queued) + idle;
  return queued.map((weight) => weight / all);
}

/** The departure rate when all agents are busy and `waiting` contacts wait. */
function departureRate({ servers, serviceRate, abandonmentRate }: ErlangA, waiting: number): number {
  return servers * serviceRate + waiting * abandonmentRate;
}

/**
 * The probability that an arriving contact with infinite patience waits longer than `time`. The contacts
 * ahead leave one by one, answered or abandoned; uniformization gives their number over time (A. Jensen,
 * "Markoff chains as an aid in the study of Markoff processes", Skandinavisk Aktuarietidskrift 36, 1953).
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
    // A departure with no contact ahead makes room for the contact itself.
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
