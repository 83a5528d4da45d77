/** An M/M/c queue: Poisson arrivals, exponential handling times, infinite patience. */
export interface ErlangC {
  /** The number of agents, from 1. */
  readonly servers: number;
  /** Contacts per unit of time; less than the agents together can handle. */
  readonly arrivalRate: number;
  /** The service rate of one agent: 1 divided by the mean handling time. */
  readonly serviceRate: number;
}

/** The figures of the queue in steady state. */
export interface ErlangCFigures {
  /** The share of contacts that wait at all. */
  readonly waitProbability: number;
  /** Of all contacts, including those that do not wait. */
  readonly meanWait: number;
  /** The share of contacts that wait no longer than `time`: the service level. */
  shareWithin(time: number): number;
}

/**
 * Erlang's delay formula.
 *
 * Sources: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in
 * automatic telephone exchanges", Elektroteknikeren 13 (1917); L. Kleinrock, Queueing Systems I (1975),
 * section 3.5; R. B. Cooper, Introduction to Queueing Theory (2nd edition, 1981), section 3.5 (the recursion
 * of Erlang B, which is numerically stable, and the formula of C by B).
 *
 * @throws RangeError when the load is not less than the number of agents: then the queue grows without bound.
 */
export function erlangC({ servers, arrivalRate, serviceRate }: ErlangC): ErlangCFigures {
  const load = arrivalRate / serviceRate;
  if (load >= servers) {
    throw new RangeError(
      `The load is ${load} Erlang for ${servers} agents; expected less than the number of agents.`,
    );
  }
  let lost = 1;
  for (let server = 1; server <= servers; server += 1) lost = (load * lost) / (server + load * lost);
  const waitProbability = lost / (1 - (load / servers) * (1 - lost));
  const spareRate = servers * serviceRate - arrivalRate;
  return {
    waitProbability,
    meanWait: waitProbability / spareRate,
    shareWithin: (time) => 1 - waitProbability * Math.exp(-spareRate * time),
  };
}
