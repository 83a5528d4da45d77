import type { PriorityClass } from './cobham.ts';
import { erlangC } from './erlang-c.ts';

/** A class of contacts whose urgency grows with the time that they wait. */
export interface AccumulatingClass {
  /** Its urgency after a wait of `t` is `rate * t`; above 0. Only the ratios of the rates matter. */
  readonly rate: number;
}

/**
 * The mean wait of each class in M/G/1 with linearly accumulating priorities, without preemption: of the contacts that wait,
 * the one with the largest product of its wait and the rate of its class is served first.
 *
 * Sources: L. Kleinrock, "A delay dependent queue discipline", Naval Research Logistics Quarterly 11 (1964), 329-341; L.
 * Kleinrock and R. P. Finkelstein, "Time dependent priority queues", Operations Research 15 (1967), 104-116; D. A.
 * Stanford, P. Taylor and I. Ziedins, "Waiting time distributions in the accumulating priority queue", Queueing Systems 77
 * (2014), 297-330. With equal rates it is first come, first served; as the ratios grow, it becomes Cobham's.
 *
 * @throws RangeError when the load is 1 or more, or a rate is not above 0.
 */
export function accumulatingPriority(classes: readonly (PriorityClass & AccumulatingClass)[]): number[] {
  const residual = classes.reduce(
    (sum, { arrivalRate, meanService, serviceVariation }) =>
      sum + (arrivalRate * meanService ** 2 * (1 + serviceVariation ** 2)) / 2,
    0,
  );
  return byRate(
    residual,
    classes.map(({ arrivalRate, meanService, rate }) => ({ utilisation: arrivalRate * meanService, rate })),
  );
}

/**
 * The same for several agents and exponential service with the same rate in all classes: M/M/c.
 *
 * Source: A. B. Sharif, D. A. Stanford, P. Taylor and I. Ziedins, "A multi-class multi-server accumulating priority queue
 * with application to health care", Operations Research for Health Care 3 (2014), 73-79.
 *
 * @param servers - the number of agents, from 1.
 * @throws RangeError when the load is 1 or more per agent, or a rate is not above 0.
 */
export function accumulatingPriorityMultiServer(
  classes: readonly (Pick<PriorityClass, 'arrivalRate'> & AccumulatingClass)[],
  servers: number,
  serviceRate: number,
): number[] {
  const arrivalRate = classes.reduce((sum, each) => sum + each.arrivalRate, 0);
  const { waitProbability } = erlangC({ servers, arrivalRate, serviceRate });
  return byRate(
    waitProbability / (servers * serviceRate),
    classes.map((each) => ({ utilisation: each.arrivalRate / (servers * serviceRate), rate: each.rate })),
  );
}

interface Share {
  readonly utilisation: number;
  readonly rate: number;
}

/**
 * Kleinrock's recursion, from the slowest class up. A contact waits for what it finds in front of it. It overtakes the share
 * `1 - slower / own` of the contacts of a slower class that it finds, and none of those that come later overtakes it. Of the
 * contacts of a faster class that come during its wait, the share `1 - own / faster` overtakes it.
 */
function byRate(residual: number, shares: readonly Share[]): number[] {
  const utilisation = shares.reduce((sum, each) => sum + each.utilisation, 0);
  if (utilisation >= 1) throw new RangeError(`The utilisation is ${utilisation}; it must be below 1.`);
  const wrong = shares.find(({ rate }) => !(rate > 0 && Number.isFinite(rate)));
  if (wrong) throw new RangeError(`A rate is ${wrong.rate}; it must be above 0.`);
  const firstCome = residual / (1 - utilisation);
  const waits = new Map<Share, number>();
  for (const own of shares.toSorted((a, b) => a.rate - b.rate)) {
    let [spared, overtaking] = [0, 0];
    for (const other of shares) {
      if (other.rate < own.rate)
        spared += other.utilisation * (waits.get(other) ?? 0) * (1 - other.rate / own.rate);
      if (other.rate > own.rate) overtaking += other.utilisation * (1 - own.rate / other.rate);
    }
    waits.set(own, (firstCome - spared) / (1 - overtaking));
  }
  return shares.map((share) => waits.get(share) ?? Number.NaN);
}
