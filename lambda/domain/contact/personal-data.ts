import { defined } from '../json.ts';
import type { SegmentAttributes } from '../policy/contact-view.ts';
import type { PolicySet } from '../policy/policy-set.ts';
import type { ContactFacts, Timestamped } from './facts.ts';
import { TEST_ATTRIBUTE } from './parse-event.ts';

/** Segment attributes that say what kind of contact it is, and nothing of the customer. */
const KEPT_SEGMENT_ATTRIBUTES: ReadonlySet<string> = new Set(['connect:Subtype', TEST_ATTRIBUTE]);

/** What the patterns of policies name, and may therefore be stored. */
export type StoredNames = Pick<PolicySet, 'tagNames' | 'segmentAttributeNames'>;

/** Matches what looks like a telephone number, however it is grouped, and text with an e-mail address in it. */
const PHONE_OR_EMAIL = /^(?:tel:|sip:)?[+(]?\d[\d\s().\-/]{5,22}$|\S@\S/i;

/**
 * The facts as they may be stored: without the tags that hold a telephone number or an e-mail address, such as the
 * dialled number in `aws:connect:systemEndpoint`, unless a policy names them; and with no segment attributes but those
 * that a policy names and {@link KEPT_SEGMENT_ATTRIBUTES}, since one of them is the subject of an e-mail. A person's name
 * looks like any other text: contacts should not be tagged with names.
 */
export function withoutPersonalData(facts: ContactFacts, policies: StoredNames): ContactFacts {
  return {
    ...facts,
    ...defined({
      tags: facts.tags && redact(facts.tags, policies.tagNames),
      segmentAttributes:
        facts.segmentAttributes && namedOnly(facts.segmentAttributes, policies.segmentAttributeNames),
    }),
  };
}

function namedOnly(
  { at, value }: Timestamped<SegmentAttributes>,
  namesInPolicies: readonly string[],
): Timestamped<SegmentAttributes> {
  const entries = Object.entries(value).filter(
    ([name]) => KEPT_SEGMENT_ATTRIBUTES.has(name) || namesInPolicies.includes(name),
  );
  return { at, value: Object.fromEntries(entries) };
}

function redact(
  { at, value }: Timestamped<Readonly<Record<string, string>>>,
  namesInPolicies: readonly string[],
): Timestamped<Readonly<Record<string, string>>> {
  const entries = Object.entries(value).filter(
    ([name, text]) => namesInPolicies.includes(name) || !PHONE_OR_EMAIL.test(text),
  );
  return { at, value: Object.fromEntries(entries) };
}
