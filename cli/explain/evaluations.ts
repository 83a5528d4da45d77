import { attributesAreKnown } from '../../lambda/domain/contact/attributes.ts';
import { contactView } from '../../lambda/domain/contact/build-contact-view.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { matches } from '../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { isOpen, nextTransition } from '../../lambda/domain/policy/hours/hours.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { isInRollout } from '../../lambda/domain/policy/rollout.ts';
import type { Plan } from '../../lambda/domain/reconcile/plan.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import { type Condition, evaluateConditions } from './conditions.ts';

/** Whether a policy governs a contact, and why not. */
export interface PolicyEvaluation {
  readonly policy: string;
  readonly precedence: number;
  readonly verdict:
    | 'governs'
    /** A policy before it governs. */
    | 'shadowed'
    /** It would govern, but the system does not act on the contact. */
    | 'inactive'
    /** It depends on attributes that are not known, or a policy before it does. */
    | 'unknown'
    | 'off'
    | 'no-match'
    | 'not-in-rollout'
    /** Outside its hours. */
    | 'closed';
  /** Percentage of the contacts. Undefined if it is 100. */
  readonly rollout?: number;
  /** When its hours begin next, in milliseconds since the epoch. */
  readonly opensAt?: number;
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
    const knowsAttributes = isMatchDecidable(policy, record);
    const exclusion = exclusionOf(policy, knowsAttributes, view, now);
    const verdict = exclusion?.verdict ?? (isDecided ? 'shadowed' : verdictFromPlan(policy, plan));
    isDecided ||= verdict === 'governs' || (verdict === 'unknown' && knowsAttributes);
    return {
      policy: policy.name,
      precedence: policy.precedence,
      verdict,
      rollout: policy.rollout < 100 ? policy.rollout : undefined,
      opensAt: exclusion?.opensAt,
      conditions: evaluateConditions(matchSource(text), view, knowsAttributes),
    };
  });
}

function verdictFromPlan(policy: Policy, plan: Plan): PolicyEvaluation['verdict'] {
  switch (plan.reason) {
    case 'governed':
      return policy.name === plan.policy ? 'governs' : 'shadowed';
    case 'needs-attributes':
    case 'attributes-later':
      return 'unknown';
    default:
      return 'inactive';
  }
}

/** Whether the attributes in `match` are known. */
function isMatchDecidable(policy: Policy, record: ContactRecord): boolean {
  return !policy.matchNeedsAttributes || attributesAreKnown(record, policy.attributeNames);
}

/** Why a policy cannot govern the contact. Undefined if it can. */
function exclusionOf(
  policy: Policy,
  knowsAttributes: boolean,
  view: ContactView,
  now: number,
): Pick<PolicyEvaluation, 'verdict' | 'opensAt'> | undefined {
  if (policy.mode === 'off') return { verdict: 'off' };
  const pattern = knowsAttributes ? policy.match : policy.matchWithoutAttributes;
  if (pattern && !matches(pattern, view)) return { verdict: 'no-match' };
  if (!isInRollout(policy.name, view.initialContactId ?? view.contactId, policy.rollout)) {
    return { verdict: 'not-in-rollout' };
  }
  if (policy.during && !isOpen(policy.during, now)) {
    return { verdict: 'closed', opensAt: nextTransition(policy.during, now) };
  }
  return undefined;
}

function matchSource(text: string): unknown {
  return (readDocument(text).value as { match?: unknown } | null)?.match;
}
