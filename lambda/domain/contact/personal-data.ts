import { defined } from '../json.ts';
import type { PolicySet } from '../policy/policy-set.ts';
import type { ContactFacts, Timestamped } from './facts.ts';

/** Matches what looks like a telephone number, however it is grouped, and text with an e-mail address in it. */
const PHONE_OR_EMAIL = /^(?:tel:|sip:)?[+(]?\d[\d\s().\-/]{5,22}$|\S@\S/i;

/**
 * The facts as they may be stored: without the tags and segment attributes that hold a telephone number or an
 * e-mail address, such as the dialled number in `aws:connect:systemEndpoint`, unless a policy names them. A person's
 * name looks like any other text: contacts should not be tagged with names.
 */
export function withoutPersonalData(facts: ContactFacts, policies: PolicySet): ContactFacts {
  return {
    ...facts,
    ...defined({
      tags: facts.tags && redact(facts.tags, policies.tagNames),
      segmentAttributes:
        facts.segmentAttributes && redact(facts.segmentAttributes, policies.segmentAttributeNames),
    }),
  };
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
