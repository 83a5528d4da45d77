import type { Random } from '../random.ts';

/** What can go wrong, each with what it does. */
export const FAULTS = {
  'crash-before': 'a process ends before a request of its goes out',
  'crash-after': 'a process ends after a request of its took effect',
  'request-fails': 'a request of a process fails and has no effect',
  'answer-lost': 'a request of a process takes effect and its answer is lost',
  'slow-request': 'a request takes seconds',
  'cold-start': 'an invocation begins in a new process',
  'event-duplicated': 'a contact event comes twice',
  'event-delayed': 'a contact event comes late, after later ones',
  'event-lost': 'a contact event never comes',
  'message-duplicated': 'a rule message comes twice',
  'message-delayed': 'a rule message comes late',
  'message-lost': 'a rule message is lost on its way',
  'notification-lost': 'a message to dispatch is lost on its way',
  'two-dispatchers': 'a batch comes again while it is being worked on',
  'index-lags': 'the indexes of the table show a writing more than moments late',
  'record-expired': 'an idempotency record is gone',
  'stale-policies': 'a process goes on with old policies',
  throttled: 'Connect refuses a call since others spent the quota',
  'connect-fails': 'Connect fails a call and does nothing',
  'result-unknown': 'Connect does what it was told and says that it failed',
  conflict: 'Connect refuses a call since somebody else changes the contact',
} as const;

export type Fault = keyof typeof FAULTS;

/** Faults after which only the sweep can put things right: SQS does not lose messages, but they may end as dead letters. */
const NEEDS_SWEEP = new Set<Fault>(['message-lost', 'notification-lost', 'stale-policies']);

/** At least and at most, the chance of a fault where it may strike, in a run that has it. */
const MIN_PROBABILITY = 0.002;
const MAX_PROBABILITY = 0.2;

/** Whether things go wrong. */
export interface Faults {
  /** Whether the fault strikes here and now. */
  injects(fault: Fault): boolean;
}

/** Nothing goes wrong. */
export const NO_FAULTS: Faults = { injects: () => false };

/**
 * Which faults strike in a run. Each run has some of them, each with a chance of its own: a run with all of them at
 * once hides what two of them do together (swarm testing: Groce et al., ISSTA 2012).
 */
export class FaultPlan implements Faults {
  readonly counts = new Map<Fault, number>();
  readonly #random: Random;
  readonly #probabilities = new Map<Fault, number>();
  #isStopped = false;

  /** @param withSweep - whether the run has a sweep, without which lost messages are not to be mended. */
  constructor(random: Random, withSweep: boolean) {
    this.#random = random;
    for (const fault of Object.keys(FAULTS) as Fault[]) {
      const [isIn, chance] = [random() < 0.4, random()];
      if (!isIn || (NEEDS_SWEEP.has(fault) && !withSweep)) continue;
      this.#probabilities.set(fault, MIN_PROBABILITY * (MAX_PROBABILITY / MIN_PROBABILITY) ** chance);
    }
  }

  /** The faults that this run may have. */
  get kinds(): readonly Fault[] {
    return [...this.#probabilities.keys()];
  }

  injects(fault: Fault): boolean {
    const chance = this.#probabilities.get(fault);
    if (chance === undefined || this.#isStopped || this.#random() >= chance) return false;
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
    return true;
  }

  /** From now on nothing goes wrong any more. */
  stop(): void {
    this.#isStopped = true;
  }
}
