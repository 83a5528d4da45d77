import { isOpen, nextTransition } from '../calendar/open-hours.ts';
import { attributesAreKnown } from '../contact/attributes.ts';
import { contactView } from '../contact/build-contact-view.ts';
import type { PlanReason } from '../contact/decision.ts';
import { currentQueue } from '../contact/facts.ts';
import { isPaused } from '../contact/pauses.ts';
import { queueNameIsKnown } from '../contact/queue-name.ts';
import type { ContactRecord } from '../contact/record.ts';
import { MAX_SHADOWS } from '../contact/shadows.ts';
import { isTestContact } from '../contact/transfer-chain.ts';
import { defined } from '../json.ts';
import { matches } from '../pattern/index.ts';
import type { ContactView } from '../policy/contact-view.ts';
import { findFirst } from '../policy/index/policy-index.ts';
import { isAllKnown, knownPart } from '../policy/known-facts.ts';
import type { Policy } from '../policy/policy.ts';
import type { PolicySet } from '../policy/policy-set.ts';
import { isInRollout } from '../policy/rollout.ts';
import type { Staffing } from '../queue/staffing.ts';
import { isEmptyRouting, type Routing } from '../routing/routing.ts';
import type { Settings } from '../settings.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import { factsForMatch, factsForPolicy } from './known-facts.ts';
import type { PolicyMemory } from './policy-memory.ts';
import { earliest } from './schedule.ts';
import type { TargetAge } from './target-age.ts';

/** What a contact's routing should be, and why. */
export interface Plan extends PolicyMemory {
  readonly reason: PlanReason;
  readonly policy?: string;
  /** Index of the last step reached; absent before the first. */
  readonly step?: number;
  /** What the target and the steps reached set together; empty without a target, before the first step. */
  readonly desired: Routing;
  readonly allowLower: boolean;
  /** When the last of the steps reached was reached, in milliseconds since the epoch. */
  readonly reachedAt?: number;
  /** The target of the governing policy, if it has one. */
  readonly target?: TargetAge;
  /** With `needs-attributes`: their names. */
  readonly requiredAttributes?: readonly string[];
  /** Expressions of criteria whose figures are to be read: the answer depends on them. Absent: none. */
  readonly wantedStaffing?: readonly string[];
  /** When the answer may change by time alone, in milliseconds since the epoch; absent: never. */
  readonly wakeAt?: number;
  /** What the observing policies would do; absent where none lets the contact in. Nothing else depends on it. */
  readonly shadows?: ShadowPlan;
}

/** What the observing policies that come before the governing one would do for a contact. */
export interface ShadowPlan {
  /** Those that let the contact in, in order of evaluation; at most {@link MAX_SHADOWS}. */
  readonly policies: readonly PlannedShadow[];
  /** When they may change by time alone, in milliseconds since the epoch; absent: never. */
  readonly wakeAt?: number;
  /** Names of attributes that make a difference to them now. */
  readonly requiredAttributes?: readonly string[];
}

/** An observing policy, decided as if it alone were enforced. */
export interface PlannedShadow extends PolicyMemory, Pick<Plan, 'step' | 'desired' | 'allowLower'> {
  readonly policy: string;
  /** That of its target, if it has one. */
  readonly horizonSeconds?: number;
}

/** What a plan depends on besides the contact. */
export interface PlanContext {
  readonly policies: PolicySet;
  readonly settings: Settings;
  /** The Region of this deployment: under Global Resiliency only the contact's active Region acts. */
  readonly region: string;
  /** Instance ids given at deploy. */
  readonly instances: readonly string[];
  /** How many agents of the contact's queue are staffed for expressions. Default: nothing is known. */
  readonly staffing?: Staffing;
}

/**
 * What the contact's routing should be at `now`: a pure function of what is known. Every record has a plan, and the
 * same record always has the same plan. Without its `shadows`, the plan is what it would be if no policy observed.
 */
export function plan(record: ContactRecord, context: PlanContext, now: number): Plan {
  const nothing = { desired: {}, allowLower: false };
  const inactive = inactiveReason(record, context);
  if (inactive) return { reason: inactive, ...nothing };

  const view = contactView(record, now);
  const { candidates, observing, ...boundaries } = candidatePolicies(record, view, context.policies, now);
  const { settings, staffing } = context;
  const results = candidates.map((policy) => ({
    policy,
    ...evaluatePolicy(policy, record, view, settings, now, staffing),
  }));
  const wakeAt = earliest([
    boundaries.enforcingAt,
    ...results.map((result) => result.wakeAt),
    ...expiries(record).filter((at) => at > now),
  ]);
  const shadows = shadowPlan(observing, boundaries.observingAt, record, view, context, now);
  const wake = defined({ wakeAt, shadows });

  const [result] = results;
  if (!result) return { reason: 'no-policy', ...nothing, ...wake };

  // The name of a queue is looked up by itself, and soon known: nothing is asked for before.
  if (candidates.some((policy) => !factsForPolicy(policy, record).queueName)) {
    return { reason: 'needs-queue-name', ...nothing, ...wake };
  }
  // Only a policy whose attributes are not known has others behind it that might govern instead.
  const governing = result.policy;
  if (!factsForPolicy(governing, record).attributes) {
    // Attributes cost an API call: they are fetched once the answer makes a difference, and not before.
    if (results.every(({ desired }) => isEmptyRouting(desired))) {
      return { reason: 'attributes-later', ...nothing, ...wake };
    }
    const requiredAttributes = context.policies.enforcedAttributeNames;
    return { reason: 'needs-attributes', ...nothing, requiredAttributes, ...wake };
  }
  return {
    reason: 'governed',
    policy: governing.name,
    desired: result.desired,
    allowLower: governing.allowLower,
    ...defined({
      step: result.step,
      reachedAt: result.reachedAt,
      target: result.target,
      putIn: result.putIn,
      lasting: result.lasting,
      staffing: result.staffing,
      wantedStaffing: result.wantedStaffing?.length ? result.wantedStaffing : undefined,
    }),
    ...wake,
  };
}

function inactiveReason(record: ContactRecord, context: PlanContext): PlanReason | undefined {
  const { facts } = record;
  const served = context.settings.instances ?? context.instances;
  if (record.closedAt !== undefined) return 'closed';
  if (!facts || !currentQueue(facts)) return 'not-queued';
  if (!served.includes(record.instanceId)) return 'other-instance';
  if (!context.settings.testContacts && isTestContact(record)) return 'test-contact';
  if (facts.activeRegion && facts.activeRegion.value !== context.region) return 'other-region';
  return isPaused(facts) ? 'paused' : undefined;
}

/** What the observing policies would do. One that depends on what is not known is left out until it is. */
function shadowPlan(
  observing: readonly Policy[],
  boundaryAt: number | undefined,
  record: ContactRecord,
  view: ContactView,
  { policies, settings, staffing }: PlanContext,
  now: number,
): ShadowPlan | undefined {
  const results = observing.map((policy) => ({
    policy,
    known: factsForPolicy(policy, record),
    ...evaluatePolicy(policy, record, view, settings, now, staffing),
  }));
  const wakeAt = earliest([boundaryAt, ...results.map((result) => result.wakeAt)]);
  const isInQuestion = results.some(({ known, desired }) => !known.attributes && !isEmptyRouting(desired));
  if (results.length === 0 && wakeAt === undefined) return undefined;
  return {
    policies: results
      .filter(({ known }) => isAllKnown(known))
      .map(({ policy: { name, allowLower }, step, desired, target, ...memory }) => ({
        policy: name,
        desired,
        allowLower,
        ...defined({
          step,
          putIn: memory.putIn,
          lasting: memory.lasting,
          staffing: memory.staffing,
          horizonSeconds: target?.horizonSeconds,
        }),
      })),
    ...defined({ wakeAt, requiredAttributes: isInQuestion ? policies.attributeNames : undefined }),
  };
}

/**
 * The candidates: the first enforcing policy that lets the contact in, and before it those that might if its
 * attributes, or the name of its queue, were known; the observing policies before it that let the contact in or might; and when the hours of an
 * evaluated policy of either kind next begin or end.
 */
function candidatePolicies(
  record: ContactRecord,
  view: ContactView,
  policies: PolicySet,
  now: number,
): {
  candidates: Policy[];
  observing: Policy[];
  enforcingAt: number | undefined;
  observingAt: number | undefined;
} {
  const { index, attributeNames, namesQueues } = policies;
  const candidates: Policy[] = [];
  const observing: Policy[] = [];
  let enforcingAt: number | undefined;
  let observingAt: number | undefined;
  const knownOfAll = {
    attributes: attributesAreKnown(record, attributeNames),
    queueName: !namesQueues || queueNameIsKnown(record),
  };
  const firstFrom = (from: number) => findFirst(index, view, knownOfAll, from);
  for (let at = firstFrom(0); at !== -1; at = firstFrom(at + 1)) {
    const policy = policies.policyAt(at);
    const isObserving = policy.mode === 'observe';
    if (isObserving && observing.length >= MAX_SHADOWS) continue;
    const known = factsForMatch(policy, record);
    // The index takes no attributes into account where anything is missing, perhaps what other policies name.
    if (!isAllKnown(knownOfAll) && known.attributes && policy.matchNeedsAttributes) {
      const pattern = knownPart(policy.match, policy.matchWithoutAttributes, known);
      if (pattern && !matches(pattern, view)) continue;
    }
    if (!isInRollout(policy.name, view.initialContactId ?? view.contactId, policy.rollout)) continue;
    if (policy.during) {
      const transitionAt = nextTransition(policy.during, now);
      if (isObserving) observingAt = earliest([observingAt, transitionAt]);
      else enforcingAt = earliest([enforcingAt, transitionAt]);
      if (!isOpen(policy.during, now)) continue;
    }
    if (isObserving) {
      observing.push(policy);
      continue;
    }
    candidates.push(policy);
    if (isAllKnown(known)) break;
  }
  return { candidates, observing, enforcingAt, observingAt };
}

/** The times at which signals and the override of the contact expire. */
function expiries(record: ContactRecord): number[] {
  const signals = [record.signals, record.queueSignals ?? {}].flatMap((all) =>
    Object.values(all).map((signal) => signal.until),
  );
  const override = record.override?.set ? record.override.until : undefined;
  return [...signals, override].filter((at) => at !== undefined);
}
