/** A queue of the type M/M/c: Poisson arrivals, exponential handling, patience without end. */
export interface ErlangC {
  /** Agents, a whole number from 1. */
  readonly servers: number;
  /** Contacts per unit of time; less than the agents can handle together. */
  readonly arrivalRate: number;
  /** Contacts that one agent handles per unit of time: 1 over the mean handling time. */
  readonly serviceRate: number;
}

/** What such a queue does in the long run. */
export interface ErlangCFigures {
  /** Share of the contacts that wait at all. */
  readonly waitProbability: number;
  /** Of all contacts, those that do not wait included. */
  readonly meanWait: number;
  /** Share of the contacts that wait no longer than that: the service level. */
  shareWithin(time: number): number;
}

/**
 * Erlang's delay formula.
 *
 * Sources: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic
 * telephone exchanges", Elektroteknikeren 13 (1917); L. Kleinrock, Queueing Systems I (1975), section 3.5; R. B.
 * Cooper, Introduction to Queueing Theory (2nd edition, 1981), section 3.5 (the recursion of Erlang B, which
 * neither overflows nor cancels out, and the formula of C by B).
 *
 * @throws RangeError when the agents cannot handle what comes: then the queue grows without end.
 */
export function erlangC({ servers, arrivalRate, serviceRate }: ErlangC): ErlangCFigures {
  const load = arrivalRate / serviceRate;
  if (load >= servers) {
    throw new RangeError(
      `The load is ${load} for ${servers} agents; without patience it must be less than they are.`,
    );
  }
  let lost = 1;
  for (let server = 1; server <= servers; server += 1) lost = (load * lost) / (server + load * lost);
  const waits = lost / (1 - (load / servers) * (1 - lost));
  const spareRate = servers * serviceRate - arrivalRate;
  return {
    waitProbability: waits,
    meanWait: waits / spareRate,
    shareWithin: (time) => 1 - waits * Math.exp(-spareRate * time),
  };
}
