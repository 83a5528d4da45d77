import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { ContactCentre } from '../centre/index.ts';

/** How long the way through the system takes, in milliseconds: constants that are typical of AWS. */
export const LATENCY_MS = {
  /** From what happens to a contact until its event is worked off. */
  event: 300,
  /** From when a timer rings until its message is worked off. */
  wake: 100,
  /** From a decision until dispatch sees it. */
  dispatch: 100,
  /** From when dispatch takes a token until Connect has the call. */
  call: 100,
} as const;

/** Who hears of what the system does. */
export interface EscalationListener {
  /** Connect took a call, after the record says so. */
  onUpdate(record: ContactRecord, call: UpdateAttempt, now: number): void;
  /** A policy governs a contact for the first time. */
  onGoverned?(): void;
  /** A change was never made, since its contact left or something else was wanted before its turn. */
  onSuperseded(): void;
}

/** The system around a centre. */
export interface EscalationOptions {
  readonly policies: PolicySet;
  /** `instances` is passed over: the centre is served. */
  readonly settings: Settings;
  readonly listener: EscalationListener;
}

/** What the system has of the centre. */
export type CentrePort = Pick<
  ContactCentre,
  'instance' | 'now' | 'schedule' | 'isWaiting' | 'updateRouting' | 'describe'
>;
