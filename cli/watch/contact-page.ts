import type { Urgency } from '../state/recent-updates.ts';

/** What an item of a timeline is. */
export type TimelineKind =
  /** What happened to the contact: it entered a queue, an agent answered, it ended. */
  | 'event'
  /** A signal, or a condition of its queue. */
  | 'signal'
  /** What the system decided. */
  | 'decision'
  /** A step of the governing policy. */
  | 'step'
  /** An update that Connect accepted. */
  | 'update'
  /** An update that was rejected, failed, or has an unknown result. */
  | 'failure'
  /** What an operator ordered. */
  | 'override'
  /** What an observing policy would have set. */
  | 'shadow'
  /** When the target of its policy says that the contact should be answered. */
  | 'target'
  /** Anything else that the history has. */
  | 'other';

/** What happened to a contact, or is to come. Times are milliseconds since the epoch. */
export interface TimelineItem {
  readonly at: number;
  /** When it ends, for what lasts. */
  readonly until?: number;
  readonly kind: TimelineKind;
  readonly words: string;
  /** True for what follows if no event and no message arrives. */
  readonly isComing?: true;
}

/** One contact in full: what `escalator explain` says, as a timeline and in words. */
export interface ContactPage {
  readonly at: number;
  readonly instanceId: string;
  readonly contactId: string;
  readonly isQueued: boolean;
  /** When it entered the queue in which it is, or was last. */
  readonly enqueuedAt?: number;
  readonly queueArn?: string;
  readonly channel?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** From 1, with how many wait in the queue; absent where that is not known. */
  readonly place?: { readonly place: number; readonly waiting: number };
  /** By what Connect orders it, as far as it is known. */
  readonly applied?: Partial<Urgency>;
  readonly policy?: string;
  /** In order of time. */
  readonly timeline: readonly TimelineItem[];
  readonly words: string;
}
