import { isPaused, queueOf } from './contact.ts';
import { matches } from './pattern/index.ts';
import { candidates as candidatePlaces } from './policy/candidates.ts';
import { isOpen, nextBoundary } from './policy/during.ts';
import type { Policy, PolicySet, Step } from './policy/policy.ts';
import { isInRollout } from './policy/rollout.ts';
import type { ContactRecord } from './record.ts';
import { isEmptyRouting, type Routing } from './routing.ts';
import type { Settings } from './settings.ts';
import { attributesAreKnown, type ContactView, contactView } from './view.ts';

/** Why a plan is as it is. */
export type PlanReason =
  /** A policy governs. */
  | 'governed'
  /** No policy lets the contact in. */
  | 'no-policy'
  /** Which policy governs depends on attributes that are not known, and it matters now. */
  | 'needs-attributes'
  /** The same, but it does not matter yet. */
  | 'attributes-later'
  /** The contact does not wait in a queue. */
  | 'not-queued'
  /** A task that is paused. */
  | 'paused'
  /** Connect does not know the contact any more. */
  | 'closed'
  /** Another Region may act on it. */
  | 'other-region'
  /** Its instance is not among those served. */
  | 'other-instance';

/** Reasons under which nothing is done for a contact, not even what an operator wants. */
export const LEFT_ALONE: ReadonlySet<PlanReason> = new Set<PlanReason>([
  'not-queued',
  'paused',
  'closed',
  'other-region',
  'other-instance',
]);

/** What a contact's routing should be, and why. */
export interface Plan {
  readonly reason: PlanReason;
  readonly policy?: string;
  readonly mode?: 'enforce' | 'observe';
  /** Index of the last step reached; absent before the first. */
  readonly step?: number;
  /** The fold of the steps reached; empty before the first. */
  readonly wanted: Routing;
  readonly allowLower: boolean;
  /** When the last of the steps reached was reached, in milliseconds since the epoch. */
  readonly reachedAt?: number;
  /** With `needs-attributes`: their names. */
  readonly needs?: readonly string[];
  /** When the answer may change by time alone; absent: never. */
  readonly wakeAt?: number;
}

/** Where a plan is made. */
export interface PlanContext {
  readonly policies: PolicySet;
  readonly settings: Settings;
  /** The Region of this deployment: under Global Resiliency only the contact's active Region acts. */
  readonly region: string;
  /** Instance ids given at deploy. */
  readonly instances: readonly string[];
}

/**
 * What the contact's routing should be at `now`: a pure function of what is known. It is total: every record
 * has a plan, and the same record always has the same.
 */
export function plan(record: ContactRecord, context: PlanContext, now: number): Plan {
  const idle = reasonToLeaveAlone(record, context);
  if (idle) return { reason: idle, wanted: {}, allowLower: false };

  const view = contactView(record, now);
  const { candidates, boundaryAt } = candidatePolicies(record, view, context.policies, now);
  const outcomes = candidates.map((policy) => outcomeOf(policy, record, view, context.settings, now));
  const wakeAt = earliest([
    boundaryAt,
    ...outcomes.map((outcome) => outcome.wakeAt),
    ...expiries(record).filter((at) => at > now),
  ]);
  const wake = wakeAt === undefined ? {} : { wakeAt };

  const [governing, ...alternatives] = candidates;
  const [outcome] = outcomes;
  if (!governing || !outcome) return { reason: 'no-policy', wanted: {}, allowLower: false, ...wake };

  const certain = alternatives.length === 0 && isCertain(governing, record);
  if (!certain) {
    // Attributes cost an API call: they are asked for once the answer makes a difference, and not before.
    if (outcomes.every(({ wanted }) => isEmptyRouting(wanted))) {
      return { reason: 'attributes-later', wanted: {}, allowLower: false, ...wake };
    }
    const needs = context.policies.attributeNames;
    return { reason: 'needs-attributes', wanted: {}, allowLower: false, needs, ...wake };
  }
  return {
    reason: 'governed',
    policy: governing.name,
    mode: governing.mode === 'observe' ? 'observe' : 'enforce',
    ...(outcome.step === undefined ? {} : { step: outcome.step }),
    wanted: outcome.wanted,
    allowLower: governing.allowLower,
    ...(outcome.reachedAt === undefined ? {} : { reachedAt: outcome.reachedAt }),
    ...wake,
  };
}

function reasonToLeaveAlone(record: ContactRecord, context: PlanContext): PlanReason | undefined {
  const { facts } = record;
  const served = context.settings.instances ?? context.instances;
  if (record.closedAt !== undefined) return 'closed';
  if (!facts || !queueOf(facts)) return 'not-queued';
  if (!served.includes(record.instanceId)) return 'other-instance';
  if (facts.activeRegion && facts.activeRegion.value !== context.region) return 'other-region';
  return isPaused(facts) ? 'paused' : undefined;
}

/**
 * The policies one of which governs: the first that lets the contact in, and before it those that might if
 * its attributes were known; and when the hours of one of those that were asked next begin or end.
 */
function candidatePolicies(
  record: ContactRecord,
  view: ContactView,
  { policies, index, attributeNames }: PolicySet,
  now: number,
): { candidates: Policy[]; boundaryAt: number | undefined } {
  const candidates: Policy[] = [];
  let boundaryAt: number | undefined;
  const places = candidatePlaces(index, view, attributesAreKnown(record, attributeNames));
  for (let at = places.next(); at !== -1; at = places.next()) {
    const policy = policies[at] as Policy;
    const certain = !policy.matchNeedsAttributes || isCertain(policy, record);
    const pattern = certain ? policy.match : policy.matchWithoutAttributes;
    if (pattern && !matches(pattern, view)) continue;
    if (!isInRollout(policy.name, view.initialContactId ?? view.contactId, policy.rollout)) continue;
    if (policy.during) {
      boundaryAt = earliest([boundaryAt, nextBoundary(policy.during, now)]);
      if (!isOpen(policy.during, now)) continue;
    }
    candidates.push(policy);
    if (certain) break;
  }
  return { candidates, boundaryAt };
}

/** True when everything that the policy asks for is known. */
function isCertain(policy: Policy, record: ContactRecord): boolean {
  return policy.attributeNames.length === 0 || attributesAreKnown(record, policy.attributeNames);
}

interface Outcome {
  readonly step?: number;
  readonly wanted: Routing;
  readonly reachedAt?: number;
  readonly wakeAt?: number;
}

/** The fold of the steps that the policy's clock has reached and that apply, and when it reaches the next one. */
function outcomeOf(
  policy: Policy,
  record: ContactRecord,
  view: ContactView,
  settings: Settings,
  now: number,
): Outcome {
  const certain = isCertain(policy, record);
  const start = clockStart(policy, record);
  let outcome: Outcome = { wanted: {} };
  let latestAt = start;
  for (const [index, step] of policy.steps.entries()) {
    // Listed order is time order: a routing lag longer than the usual one does not let a step overtake.
    latestAt = Math.max(start + stepSeconds(step, settings) * 1_000, latestAt);
    if (latestAt > now) return { ...outcome, wakeAt: latestAt };
    const condition = certain ? step.condition : step.conditionWithoutAttributes;
    if (condition && !matches(condition, view)) continue;
    const { priority, ageSeconds, ...others } = outcome.wanted;
    const setsUrgency = step.set.priority !== undefined || step.set.ageSeconds !== undefined;
    const kept = setsUrgency ? others : outcome.wanted;
    outcome = { step: index, wanted: { ...kept, ...step.set }, reachedAt: latestAt };
  }
  return outcome;
}

/** Seconds on the policy's clock at which a step is reached. */
export function stepSeconds(step: Step, settings: Settings): number {
  return step.when === 'after' ? step.seconds : Math.max(0, step.seconds - settings.routingLagSeconds);
}

function clockStart(policy: Policy, record: ContactRecord): number {
  const { facts, chain } = record;
  const enqueuedAt = facts?.queue?.enqueuedAt ?? 0;
  switch (policy.clock) {
    case 'enqueued':
      return enqueuedAt;
    case 'firstEnqueued':
      return Math.min(enqueuedAt, facts?.firstEnqueuedAt ?? enqueuedAt, chain?.firstEnqueuedAt ?? enqueuedAt);
    case 'initiated':
      return facts?.initiatedAt ?? enqueuedAt;
  }
}

/** The times at which something that was said about the contact ceases to hold. */
function expiries(record: ContactRecord): number[] {
  const signals = Object.values(record.signals).map((signal) => signal.until);
  const override = record.override?.set ? record.override.until : undefined;
  return [...signals, override].filter((at) => at !== undefined);
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const known = times.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}
