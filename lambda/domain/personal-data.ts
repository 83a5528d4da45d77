import type { ContactFacts, Dated } from './contact.ts';
import type { PolicySet } from './policy/policy.ts';

/** What looks like a telephone number, however it is grouped, or holds an e-mail address. */
const ADDRESS = /^(?:tel:|sip:)?[+(]?\d[\d\s().\-/]{5,22}$|\S@\S/i;

/**
 * The facts as they may be stored: without the tags and segment attributes that hold a telephone number or an
 * e-mail address, such as the dialled number in `aws:connect:systemEndpoint`, unless a policy asks for them. A name
 * cannot be told from any other text: contacts should not be tagged with names.
 */
export function withoutPersonalData(facts: ContactFacts, policies: PolicySet): ContactFacts {
  return {
    ...facts,
    ...(facts.tags ? { tags: kept(facts.tags, policies.tagNames) } : {}),
    ...(facts.segmentAttributes
      ? { segmentAttributes: kept(facts.segmentAttributes, policies.segmentAttributeNames) }
      : {}),
  };
}

function kept(
  { at, value }: Dated<Readonly<Record<string, string>>>,
  asked: readonly string[],
): Dated<Readonly<Record<string, string>>> {
  const entries = Object.entries(value).filter(([name, text]) => asked.includes(name) || !ADDRESS.test(text));
  return { at, value: Object.fromEntries(entries) };
}
