import { erlangC } from './erlang-c.ts';

/** A class of contacts with the same priority. Times and rates use the same unit of time. */
export interface PriorityClass {
  readonly arrivalRate: number;
  readonly meanService: number;
  /**
   * The standard deviation of the service time divided by its mean: 0 for constant, 1 for exponential
   * service.
   */
  readonly serviceVariation: number;
}

/**
 * The mean wait of each priority class in M/G/1 without preemption. The first class is the most urgent.
 *
 * Sources: A. Cobham, "Priority assignment in waiting line problems", Operations Research 2 (1954), 70-76; L.
 * Kleinrock, Queueing Systems II (1976), section 3.6. With a single class this is the Pollaczek-Khinchine
 * formula.
 *
 * @throws RangeError when the load is 1 or more.
 */
export function cobham(classes: readonly PriorityClass[]): number[] {
  // The mean residual service time that an arriving contact finds.
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
 * The same for several agents and exponential service with the same rate in all classes: M/M/c with
 * priorities, from the same paper.
 *
 * @throws RangeError when the load is 1 or more per agent.
 */
export function cobhamMultiServer(
  arrivalRates: readonly number[],
  servers: number,
  serviceRate: number,
): number[] {
  const arrivalRate = arrivalRates.reduce((sum, rate) => sum + rate, 0);
  const { waitProbability } = erlangC({ servers, arrivalRate, serviceRate });
  return byPriority(
    waitProbability / (servers * serviceRate),
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
