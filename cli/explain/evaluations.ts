import { isOpen, nextTransition } from '../../lambda/domain/calendar/open-hours.ts';
import { contactView } from '../../lambda/domain/contact/build-contact-view.ts';
import { INACTIVE_REASONS } from '../../lambda/domain/contact/decision.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { matches } from '../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { isAllKnown, type KnownFacts, knownPart } from '../../lambda/domain/policy/known-facts.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { isInRollout } from '../../lambda/domain/policy/rollout.ts';
import { factsForMatch, factsForPolicy } from '../../lambda/domain/reconcile/known-facts.ts';
import type { Plan } from '../../lambda/domain/reconcile/plan.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import { type Condition, evaluateConditions } from './conditions.ts';

/** Whether a policy governs a contact, and why not. */
export interface PolicyEvaluation {
  readonly policy: string;
  readonly precedence: number;
  readonly verdict:
    | 'governs'
    /** It observes, and would govern if it were enforced. */
    | 'observes'
    /** Likewise, but as many as are recorded for a contact observe before it. */
    | 'unrecorded'
    /** A policy before it governs. */
    | 'preceded'
    /** It would govern, but the system does not act on the contact. */
    | 'inactive'
    /** It depends on attributes that are not known, or a policy before it does. */
    | 'unknown'
    /** Likewise, on the name of the queue. */
    | 'unknown-queue'
    | 'off'
    | 'no-match'
    | 'not-in-rollout'
    /** Outside its hours. */
    | 'closed';
  /** Percentage of the contacts. Undefined if it is 100. */
  readonly rollout?: number;
  /** When its hours begin next, in milliseconds since the epoch. */
  readonly opensAt?: number;
  /** With `closed`: the name of the calendar of its hours, if it has one. */
  readonly calendar?: string;
  /** The conditions of `match`. */
  readonly conditions: readonly Condition[];
}

/** A policy with the text that it was parsed from. */
export interface PolicyText {
  readonly policy: Policy;
  readonly text: string;
}

/**
 * Evaluates policies for a contact.
 *
 * @param plan - decides which policy governs. The checks here are those of the function `plan`.
 * @param now - milliseconds since the epoch.
 * @returns an evaluation for each policy, in the order of evaluation; policies that are off are last.
 */
export function evaluatePolicies(
  policies: readonly PolicyText[],
  plan: Plan,
  record: ContactRecord,
  now: number,
): PolicyEvaluation[] {
  const view = contactView(record, now);
  const sorted = [...policies].sort(
    (a, b) =>
      Number(a.policy.mode === 'off') - Number(b.policy.mode === 'off') ||
      a.policy.precedence - b.policy.precedence ||
      (a.policy.name < b.policy.name ? -1 : 1),
  );
  let isDecided = false;
  return sorted.map(({ policy, text }) => {
    const known = factsForMatch(policy, record);
    const exclusion = exclusionOf(policy, known, view, now);
    const verdict = exclusion?.verdict ?? (isDecided ? 'preceded' : verdictFromPlan(policy, plan, record));
    const isEnforced = policy.mode === 'enforce';
    const isUnknown = verdict === 'unknown' || verdict === 'unknown-queue';
    isDecided ||= verdict === 'governs' || (isUnknown && isAllKnown(known) && isEnforced);
    return {
      policy: policy.name,
      precedence: policy.precedence,
      verdict,
      rollout: policy.rollout < 100 ? policy.rollout : undefined,
      opensAt: exclusion?.opensAt,
      calendar: exclusion?.calendar,
      conditions: evaluateConditions(matchSource(text), view, known),
    };
  });
}

function verdictFromPlan(policy: Policy, plan: Plan, record: ContactRecord): PolicyEvaluation['verdict'] {
  if (policy.mode === 'observe' && !INACTIVE_REASONS.has(plan.reason)) {
    if (plan.shadows?.policies.some((shadow) => shadow.policy === policy.name)) return 'observes';
    const known = factsForPolicy(policy, record);
    if (!known.queueName) return 'unknown-queue';
    return known.attributes ? 'unrecorded' : 'unknown';
  }
  switch (plan.reason) {
    case 'governed':
      return policy.name === plan.policy ? 'governs' : 'preceded';
    case 'needs-queue-name':
      return 'unknown-queue';
    case 'needs-attributes':
    case 'attributes-later':
      return 'unknown';
    default:
      return 'inactive';
  }
}

/** Why a policy cannot govern the contact. Undefined if it can. */
function exclusionOf(
  policy: Policy,
  known: KnownFacts,
  view: ContactView,
  now: number,
): Pick<PolicyEvaluation, 'verdict' | 'opensAt' | 'calendar'> | undefined {
  if (policy.mode === 'off') return { verdict: 'off' };
  const pattern = knownPart(policy.match, policy.matchWithoutAttributes, known);
  if (pattern && !matches(pattern, view)) return { verdict: 'no-match' };
  if (!isInRollout(policy.name, view.initialContactId ?? view.contactId, policy.rollout)) {
    return { verdict: 'not-in-rollout' };
  }
  if (policy.during && !isOpen(policy.during, now)) {
    const opensAt = nextTransition(policy.during, now);
    return { verdict: 'closed', opensAt, calendar: policy.during.name };
  }
  return undefined;
}

function matchSource(text: string): unknown {
  return (readDocument(text).value as { match?: unknown } | null)?.match;
}
