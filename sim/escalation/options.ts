import type { Condition } from '../../lambda/domain/condition/condition.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { ContactCentre } from '../centre/index.ts';

/** The latencies of the system in milliseconds: constants that are typical of AWS. */
export const LATENCY_MS = {
  /** From an event until the system has handled it. */
  event: 300,
  /** From the time of a wake-up until its message is handled. */
  wake: 100,
  /** From a decision until dispatch handles it. */
  dispatch: 100,
  /** From the token of a call until the call takes effect in Connect. */
  call: 100,
} as const;

/** Receives what the model does. */
export interface EscalationListener {
  /** An update succeeded, and the record is up to date. */
  onUpdate(record: ContactRecord, attempt: UpdateAttempt, now: number): void;
  /** A contact is governed by a policy for the first time. */
  onGoverned?(): void;
  /** A poll found that a condition holds in a queue. */
  onCondition?(condition: string, begins: boolean): void;
  /** A change was superseded before it was sent: its contact left, or the desired routing changed. */
  onSuperseded(): void;
}

/** The configuration of the model. */
export interface EscalationOptions {
  readonly policies: PolicySet;
  /** `instances` is ignored: the model serves its centre. */
  readonly settings: Settings;
  /** The conditions that the policies name, in order of name. Default: none, and nothing is polled. */
  readonly conditions?: readonly Condition[];
  /** Whether signals may be sent to queues, so that it must be known who waits in which. Default false. */
  readonly hasQueueSignals?: boolean;
  readonly listener: EscalationListener;
}

/** The part of the centre that the model uses. */
export type CentrePort = Pick<
  ContactCentre,
  'instance' | 'now' | 'schedule' | 'isWaiting' | 'updateRouting' | 'describe' | 'queueLoads'
>;
