import { matches } from '../../lambda/domain/pattern/index.ts';
import type { Plan } from '../../lambda/domain/plan.ts';
import { readDocument } from '../../lambda/domain/policy/document.ts';
import { isOpen, nextBoundary } from '../../lambda/domain/policy/during.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { isInRollout } from '../../lambda/domain/policy/rollout.ts';
import type { ContactRecord } from '../../lambda/domain/record.ts';
import { attributesAreKnown, type ContactView, contactView } from '../../lambda/domain/view.ts';
import { type Condition, conditionsOf } from './conditions.ts';

/** What a policy answered when it was asked whether it governs a contact. */
export interface AskedPolicy {
  readonly policy: string;
  readonly precedence: number;
  readonly verdict:
    | 'governs'
    /** An earlier one governs. */
    | 'later'
    /** It would, but the contact is left alone. */
    | 'idle'
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
export function askedPolicies(
  policies: readonly PolicyText[],
  planned: Plan,
  record: ContactRecord,
  now: number,
): AskedPolicy[] {
  const view = contactView(record, now);
  const inOrder = [...policies].sort(
    (a, b) =>
      Number(a.policy.mode === 'off') - Number(b.policy.mode === 'off') ||
      a.policy.precedence - b.policy.precedence ||
      (a.policy.name < b.policy.name ? -1 : 1),
  );
  let taken = false;
  return inOrder.map(({ policy, text }) => {
    const certain = isCertain(policy, record);
    const refusal = refusalOf(policy, certain, view, now);
    const verdict = refusal?.verdict ?? (taken ? 'later' : admitted(policy, planned));
    taken ||= verdict === 'governs' || (verdict === 'unknown' && certain);
    return {
      policy: policy.name,
      precedence: policy.precedence,
      verdict,
      ...(policy.rollout < 100 ? { rollout: policy.rollout } : {}),
      ...(refusal?.opensAt === undefined ? {} : { opensAt: refusal.opensAt }),
      conditions: conditionsOf(matchSource(text), view, certain),
    };
  });
}

function admitted(policy: Policy, planned: Plan): AskedPolicy['verdict'] {
  switch (planned.reason) {
    case 'governed':
      return policy.name === planned.policy ? 'governs' : 'later';
    case 'needs-attributes':
    case 'attributes-later':
      return 'unknown';
    default:
      return 'idle';
  }
}

/** Whether all is known that its match asks for. */
function isCertain(policy: Policy, record: ContactRecord): boolean {
  return !policy.matchNeedsAttributes || attributesAreKnown(record, policy.attributeNames);
}

function refusalOf(
  policy: Policy,
  certain: boolean,
  view: ContactView,
  now: number,
): { verdict: AskedPolicy['verdict']; opensAt?: number } | undefined {
  if (policy.mode === 'off') return { verdict: 'off' };
  const pattern = certain ? policy.match : policy.matchWithoutAttributes;
  if (pattern && !matches(pattern, view)) return { verdict: 'no-match' };
  if (!isInRollout(policy.name, view.initialContactId ?? view.contactId, policy.rollout)) {
    return { verdict: 'not-in-rollout' };
  }
  if (policy.during && !isOpen(policy.during, now)) {
    const opensAt = nextBoundary(policy.during, now);
    return { verdict: 'closed', ...(opensAt === undefined ? {} : { opensAt }) };
  }
  return undefined;
}

function matchSource(text: string): unknown {
  return (readDocument(text).value as { match?: unknown } | null)?.match;
}
