import type { ErlangC } from './erlang-c.ts';

/** An M/M/c+G queue: Erlang C with any distribution of patience. */
export interface GeneralPatience extends ErlangC {
  /** The share of customers whose patience is longer than `time`: 1 at first, and falling to 0. */
  readonly stillPatient: (time: number) => number;
  /** Nobody's patience lasts longer, as far as a double can tell. */
  readonly maxPatience: number;
}

/** The figures of the queue in steady state. */
export interface GeneralPatienceFigures {
  readonly waitProbability: number;
  readonly abandonedShare: number;
  /** Of all contacts, until they are answered or abandon. */
  readonly meanWait: number;
}

/** The number of steps over which the integrals are summed. */
const STEPS = 200_000;

/**
 * Sources: F. Baccelli and G. Hebuterne, "On queues with impatient customers", Performance '81 (1981), 159-179; S. Zeltyn and
 * A. Mandelbaum, "Call centers with impatient customers: many-server asymptotics of the M/M/n+G queue", Queueing Systems 51
 * (2005), 361-402, section 3. With exponential patience it is Erlang A.
 */
export function generalPatience({
  servers,
  arrivalRate,
  serviceRate,
  stillPatient,
  maxPatience,
}: GeneralPatience): GeneralPatienceFigures {
  const capacity = servers * serviceRate;
  const step = maxPatience / STEPS;
  // The integral of exp(arrivalRate * H(x) - capacity * x), where H is that of the patience, and the same weighted by H.
  let [patienceSum, integral, weighted] = [0, 0, 0];
  for (let index = 0; index < STEPS; index += 1) {
    const time = (index + 0.5) * step;
    const middle = patienceSum + (stillPatient(time - step / 4) * step) / 2;
    const value = Math.exp(arrivalRate * middle - capacity * time) * step;
    integral += value;
    weighted += middle * value;
    patienceSum += stillPatient(time) * step;
  }
  // Beyond it H is constant, and the rest is an exponential tail.
  const tail = Math.exp(arrivalRate * patienceSum - capacity * maxPatience) / capacity;
  integral += tail;
  weighted += patienceSum * tail;
  // The states with a free agent, relative to that with exactly one.
  let [term, free] = [1, 1];
  for (let busy = servers - 1; busy > 0; busy -= 1) {
    term *= (busy * serviceRate) / arrivalRate;
    free += term;
  }
  const all = free + arrivalRate * integral;
  return {
    waitProbability: (arrivalRate * integral) / all,
    abandonedShare: (1 + (arrivalRate - capacity) * integral) / all,
    meanWait: (arrivalRate * weighted) / all,
  };
}
