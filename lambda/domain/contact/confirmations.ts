import { defined, sameJson } from '../json.ts';
import type { PolicySet } from '../policy/policy-set.ts';
import type { ContactFacts, Timestamped } from './facts.ts';
import type { ContactRecord } from './record.ts';

/**
 * True where a record says no more than the one before, but that an event happened later, that tags and segment
 * attributes were still the same then, that user-defined attributes changed of which no policy asks, or that a contact
 * which has ended still has: COMPLETED follows DISCONNECTED. Nobody acts on that, so it need not be written.
 *
 * Of a closed contact every later event counts: it may reopen it. So does the active Region of any contact.
 */
export function onlyConfirms(
  before: ContactRecord,
  after: ContactRecord,
  { attributeNames }: Pick<PolicySet, 'attributeNames'>,
): boolean {
  if (!before.facts || !after.facts || before.closedAt !== undefined) return false;
  const isAsked = attributeNames.length > 0 || asksForAttributes(before);
  return sameJson({ ...after, facts: withTimesOf(before.facts, after.facts, isAsked) }, before);
}

/** By policies that this process may not know, or not any more. */
function asksForAttributes({ attributes, decision, shadows }: ContactRecord): boolean {
  return [attributes, decision?.requiredAttributes, shadows?.requiredAttributes].some(
    (known) => known !== undefined,
  );
}

/** The facts with the times of those before, wherever they have the same values. */
function withTimesOf(before: ContactFacts, after: ContactFacts, isAsked: boolean): ContactFacts {
  const {
    eventAt: _eventAt,
    disconnectedAt,
    tags,
    segmentAttributes,
    attributesChangedAt,
    ...others
  } = after;
  return defined({
    ...others,
    eventAt: before.eventAt,
    disconnectedAt: before.disconnectedAt ?? disconnectedAt,
    tags: confirmed(before.tags, tags),
    segmentAttributes: confirmed(before.segmentAttributes, segmentAttributes),
    attributesChangedAt: isAsked ? attributesChangedAt : before.attributesChangedAt,
  });
}

function confirmed<T>(
  before: Timestamped<T> | undefined,
  after: Timestamped<T> | undefined,
): Timestamped<T> | undefined {
  return sameJson(before?.value, after?.value) ? before : after;
}
