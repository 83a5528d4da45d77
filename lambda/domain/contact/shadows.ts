import type { PutIn } from '../policy/route/put-in.ts';
import type { Routing } from '../routing/routing.ts';
import { type ContactFacts, isCurrentVisit } from './facts.ts';

/** What one observing policy would have done for a contact in one queue visit, had it alone been enforced. */
export interface Shadow {
  readonly policy: string;
  /** Index of the last step reached; absent before the first, and while the policy does not let the contact in. */
  readonly step?: number;
  /** What the steps reached set together. */
  readonly desired: Routing;
  /** The strings of the contact that it put into its routes, by step. */
  readonly putIn?: Readonly<Record<string, PutIn>>;
  /** The steps whose criteria stay when the signal ends that brought them about. */
  readonly lasting?: readonly string[];
  /** The steps of criteria that it left out since no agent is staffed for them, by step. */
  readonly staffing?: Readonly<
    Record<string, { readonly since: number; readonly leftOut?: readonly number[] }>
  >;
  /** Seconds after which a contact without a target counts as due, as it was when its target was first worked out. */
  readonly horizonSeconds?: number;
  /** All that it would have set in this visit, after the ratchet. */
  readonly wouldSet: Routing;
  /** How often `wouldSet` changed. */
  readonly changes: number;
}

/** The shadows of a contact in one queue visit. They are for people: nothing that is sent depends on them. */
export interface Shadows {
  /** The queue visit that they are about, as `queueVisitId` names it. */
  readonly queueVisit: string;
  /** At most {@link MAX_SHADOWS}. Those that let the contact in now come first, in order of evaluation. */
  readonly policies: readonly Shadow[];
  /** When they may change by time alone, in milliseconds since the epoch. */
  readonly wakeAt?: number;
  /** Attributes that they depend on now. Connect is asked for them only from spare budget. */
  readonly requiredAttributes?: readonly string[];
}

/** Observing policies that are recorded for one contact. A record must stay small, however many policies observe. */
export const MAX_SHADOWS = 5;

/** What is recorded of the observing policies for the current visit; empty where all of it is about another one. */
export function shadowsOfVisit(
  shadows: Shadows | undefined,
  facts: ContactFacts | undefined,
): readonly Shadow[] {
  return shadows && isCurrentVisit(facts, shadows.queueVisit) ? shadows.policies : [];
}

/** Finds what belongs to one policy. */
export function isOfPolicy(name: string) {
  return ({ policy }: { readonly policy: string }) => policy === name;
}
