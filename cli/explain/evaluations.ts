import { attributesAreKnown } from '../../lambda/domain/contact/attributes.ts';
import { contactView } from '../../lambda/domain/contact/contact-view.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { matches } from '../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { isOpen, nextTransition } from '../../lambda/domain/policy/hours/hours.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { isInRollout } from '../../lambda/domain/policy/rollout.ts';
import type { Plan } from '../../lambda/domain/reconcile/plan.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import { type Condition, evaluateConditions } from './conditions.ts';

/** What a policy answered when it was asked whether it governs a contact. */
export interface PolicyEvaluation {
  readonly policy: string;
  readonly precedence: number;
  readonly verdict:
    | 'governs'
    /** An earlier one governs. */
    | 'shadowed'
    /** It would, but the contact is left alone. */
    | 'inactive'
    /** It takes attributes to know, or an earlier policy's answer does. */
    | 'unknown'
    | 'off'
    | 'no-match'
    | 'not-in-rollout'
    | 'closed';
  /** Percent of the contacts, where that is not all. */
  readonly rollout?: number;
  /** When its hours begin next, in milliseconds since the epoch. */
  readonly opensAt?: number;
  /** What `match` asks. */
  readonly conditions: readonly Condition[];
}

/** A policy with the text that it was read from. */
export interface PolicyText {
  readonly policy: Policy;
  readonly text: string;
}

/**
 * What each policy answers, in the order in which they are asked, those that are off last. The questions are those
 * of `plan`, whose answer decides which one governs.
 */
export function evaluatePolicies(
  policies: readonly PolicyText[],
  planned: Plan,
  record: ContactRecord,
  now: number,
): PolicyEvaluation[] {
  const view = contactView(record, now);
  const inOrder = [...policies].sort(
    (a, b) =>
      Number(a.policy.mode === 'off') - Number(b.policy.mode === 'off') ||
      a.policy.precedence - b.policy.precedence ||
      (a.policy.name < b.policy.name ? -1 : 1),
  );
  let taken = false;
  return inOrder.map(({ policy, text }) => {
    const certain = isMatchDecidable(policy, record);
    const refusal = exclusionOf(policy, certain, view, now);
    const verdict = refusal?.verdict ?? (taken ? 'shadowed' : verdictFromPlan(policy, planned));
    taken ||= verdict === 'governs' || (verdict === 'unknown' && certain);
    return {
      policy: policy.name,
      precedence: policy.precedence,
      verdict,
      ...(policy.rollout < 100 ? { rollout: policy.rollout } : {}),
      ...(refusal?.opensAt === undefined ? {} : { opensAt: refusal.opensAt }),
      conditions: evaluateConditions(matchSource(text), view, certain),
    };
  });
}

function verdictFromPlan(policy: Policy, planned: Plan): PolicyEvaluation['verdict'] {
  switch (planned.reason) {
    case 'governed':
      return policy.name === planned.policy ? 'governs' : 'shadowed';
    case 'needs-attributes':
    case 'attributes-later':
      return 'unknown';
    default:
      return 'inactive';
  }
}

/** Whether all is known that its match asks for. */
function isMatchDecidable(policy: Policy, record: ContactRecord): boolean {
  return !policy.matchNeedsAttributes || attributesAreKnown(record, policy.attributeNames);
}

function exclusionOf(
  policy: Policy,
  certain: boolean,
  view: ContactView,
  now: number,
): { verdict: PolicyEvaluation['verdict']; opensAt?: number } | undefined {
  if (policy.mode === 'off') return { verdict: 'off' };
  const pattern = certain ? policy.match : policy.matchWithoutAttributes;
  if (pattern && !matches(pattern, view)) return { verdict: 'no-match' };
  if (!isInRollout(policy.name, view.initialContactId ?? view.contactId, policy.rollout)) {
    return { verdict: 'not-in-rollout' };
  }
  if (policy.during && !isOpen(policy.during, now)) {
    const opensAt = nextTransition(policy.during, now);
    return { verdict: 'closed', ...(opensAt === undefined ? {} : { opensAt }) };
  }
  return undefined;
}

function matchSource(text: string): unknown {
  return (readDocument(text).value as { match?: unknown } | null)?.match;
}
