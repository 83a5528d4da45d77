import { erlangC } from './erlang-c.ts';

/** Contacts of one priority. Times and rates are of one unit of time. */
export interface PriorityClass {
  readonly arrivalRate: number;
  readonly meanService: number;
  /** The standard deviation of the service time as a part of its mean: 0 for constant, 1 for exponential service. */
  readonly serviceVariation: number;
}

/**
 * The mean wait of each priority in M/G/1: one agent, who is never taken away from a contact. The first class is
 * the most urgent.
 *
 * Sources: A. Cobham, "Priority assignment in waiting line problems", Operations Research 2 (1954), 70-76; L.
 * Kleinrock, Queueing Systems II (1976), section 3.6. With a single class it is the formula of Pollaczek and
 * Khinchine.
 *
 * @throws RangeError when the agent cannot handle what comes.
 */
export function cobham(classes: readonly PriorityClass[]): number[] {
  // What an arriving contact finds left of the contact in hand, on average.
  const residual = classes.reduce(
    (sum, { arrivalRate, meanService, serviceVariation }) =>
      sum + (arrivalRate * meanService ** 2 * (1 + serviceVariation ** 2)) / 2,
    0,
  );
  return byPriority(
    residual,
    classes.map(({ arrivalRate, meanService }) => arrivalRate * meanService),
  );
}

/**
 * The same for several agents and exponential service that is alike in all classes: M/M/c with priorities, from
 * the same paper.
 *
 * @throws RangeError when the agents cannot handle what comes.
 */
export function cobhamMultiServer(
  arrivalRates: readonly number[],
  servers: number,
  serviceRate: number,
): number[] {
  const arrivalRate = arrivalRates.reduce((sum, rate) => sum + rate, 0);
  const { waitProbability: waits } = erlangC({ servers, arrivalRate, serviceRate });
  return byPriority(
    waits / (servers * serviceRate),
    arrivalRates.map((rate) => rate / (servers * serviceRate)),
  );
}

function byPriority(residual: number, utilisations: readonly number[]): number[] {
  let before = 0;
  return utilisations.map((utilisation) => {
    const upTo = before + utilisation;
    if (upTo >= 1) throw new RangeError(`The utilisation is ${upTo}; it must be below 1.`);
    const wait = residual / ((1 - before) * (1 - upTo));
    before = upTo;
    return wait;
  });
}
