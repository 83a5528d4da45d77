import type { Random } from '../random.ts';

/** The kinds of faults, with a description of each. */
export const FAULTS = {
  'crash-before': 'a process crashes before it sends a request',
  'crash-after': 'a process crashes after its request took effect',
  'request-fails': 'a request fails and has no effect',
  'response-lost': 'a request takes effect and its response is lost',
  'slow-request': 'a request takes seconds',
  'cold-start': 'an invocation starts in a new process',
  'event-duplicated': 'a contact event is delivered twice',
  'event-delayed': 'a contact event is delivered late, after later ones',
  'event-lost': 'a contact event is not delivered',
  'message-duplicated': 'a rule message is delivered twice',
  'message-delayed': 'a rule message is delivered late',
  'batch-partly-taken': 'SQS takes a part of a batch of messages',
  'wake-up-lost': 'a wake-up is lost',
  'notification-lost': 'a notification of dispatch is lost',
  'two-dispatchers': 'a batch is delivered again while it is handled',
  'index-lags': 'the indexes of the table show a write late',
  'unprocessed-keys': 'the table answers a part of the keys that are read',
  'stale-policies': 'a process keeps using old policies',
  'connect-throttles': 'Connect throttles a call because others used the quota',
  'connect-fails': 'Connect fails a call, which has no effect',
  'result-unknown': 'Connect applies a call and reports a failure',
  'not-found': 'Connect does not find a contact that waits',
  'event-not-accepted': 'EventBridge does not accept an event that is sent to it',
  conflict: 'Connect fails a call because somebody else is changing the contact',
  'publication-unanswered': 'a configuration is published, and the answer of the table is lost',
  'slow-publication': 'a part of the configuration takes seconds to be written',
  'crash-in-call': 'dispatch crashes while an update is under way',
} as const;

export type Fault = keyof typeof FAULTS;

/** Faults that only the runs through the adapters have. They come last, so that other runs are the same without them. */
export const ADAPTER_FAULTS: ReadonlySet<Fault> = new Set([
  'publication-unanswered',
  'slow-publication',
  'crash-in-call',
]);

/** Faults from which only the sweep recovers. */
const NEEDS_SWEEP = new Set<Fault>(['wake-up-lost', 'notification-lost', 'stale-policies']);

/** The range of the probability of a fault, in a run that has it. */
const MIN_PROBABILITY = 0.002;
const MAX_PROBABILITY = 0.2;

/** The probabilities of faults that have few occasions, in a run that has them. */
const OF_RARE_OCCASIONS: ReadonlyMap<Fault, number> = new Map([
  ['batch-partly-taken', 0.6],
  ['publication-unanswered', 0.6],
  ['slow-publication', 0.9],
  ['crash-in-call', 0.3],
]);

/** The same of the runs through the adapters, which are short: few read several contacts at a time. */
const OF_RARE_OCCASIONS_IN_ADAPTERS: ReadonlyMap<Fault, number> = new Map([
  ...OF_RARE_OCCASIONS,
  ['unprocessed-keys', 0.6],
]);

/** A source of faults. */
export interface Faults {
  /** True when the fault occurs here and now. */
  injects(fault: Fault): boolean;
}

/** No faults. */
export const NO_FAULTS: Faults = { injects: () => false };

/**
 * The faults of a run. Each run has a random subset, each with its own probability: a run with all faults
 * would hide the effects of pairs (swarm testing: Groce et al., ISSTA 2012).
 */
export class FaultInjector implements Faults {
  readonly counts = new Map<Fault, number>();
  readonly #random: Random;
  readonly #probabilities = new Map<Fault, number>();
  #isStopped = false;

  /**
   * @param withSweep - whether the sweep runs; without it, the run has no faults that only the sweep recovers
   * from.
   * @param isCalm - true for a run without any fault, in which the times of changes can be judged.
   * @param throughAdapters - whether it runs through the adapters, and has their faults, too.
   */
  constructor(random: Random, withSweep: boolean, isCalm = false, throughAdapters = false) {
    this.#random = random;
    const rare = throughAdapters ? OF_RARE_OCCASIONS_IN_ADAPTERS : OF_RARE_OCCASIONS;
    for (const fault of Object.keys(FAULTS) as Fault[]) {
      if (ADAPTER_FAULTS.has(fault) && !throughAdapters) continue;
      const [isIncluded, exponent] = [random() < 0.4, random()];
      if (!isIncluded || isCalm || (NEEDS_SWEEP.has(fault) && !withSweep)) continue;
      const probability = MIN_PROBABILITY * (MAX_PROBABILITY / MIN_PROBABILITY) ** exponent;
      this.#probabilities.set(fault, rare.get(fault) ?? probability);
    }
  }

  /** The kinds of faults of this run. */
  get kinds(): readonly Fault[] {
    return [...this.#probabilities.keys()];
  }

  injects(fault: Fault): boolean {
    const probability = this.#probabilities.get(fault);
    if (probability === undefined || this.#isStopped || this.#random() >= probability) return false;
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
    return true;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Ends the injection of faults. */
  stop(): void {
    this.#isStopped = true;
  }
}
