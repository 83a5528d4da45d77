import type { ContactFacts } from './facts.ts';
import { mergeFacts } from './merge-facts.ts';
import { type ContactRecord, emptyRecord } from './record.ts';
import { continuedContactId, inherit, inheritanceOf } from './transfer-chain.ts';

/** The record with the facts of an event merged in. */
export function mergeEvent(record: ContactRecord, facts: ContactFacts): ContactRecord {
  if (!record.facts) return { ...record, facts };
  const merged = mergeFacts(record.facts, facts);
  const changedAt = attributesChangedAt(record.facts.attributesChangedAt, facts.attributesChangedAt);
  return {
    ...record,
    facts: changedAt === undefined ? merged : { ...merged, attributesChangedAt: changedAt },
  };
}

/**
 * When attributes changed, with another event. Envelopes have whole seconds: a flow may change attributes twice in one,
 * and Connect may have been asked about them in between. So each further event of a second counts for a millisecond
 * later, and what was answered before it is not known any more. One that is delivered twice costs a question.
 */
function attributesChangedAt(known: number | undefined, another: number | undefined): number | undefined {
  if (known === undefined || another === undefined) return undefined;
  const secondOf = (at: number) => Math.floor(at / 1_000);
  if (secondOf(known) !== secondOf(another)) return undefined;
  return Math.min(known + 1, secondOf(known) * 1_000 + 999);
}

/**
 * The record with what it takes over from the record of the contact before it in its transfer chain. A transfer from a
 * contact that is not known counts, too. A contact that continues none stays as it is.
 */
export function mergePredecessor(
  record: ContactRecord,
  predecessor: ContactRecord | undefined,
  now: number,
): ContactRecord {
  const previousContactId = continuedContactId(record.facts);
  if (previousContactId === undefined) return record;
  const { instanceId } = record;
  const before = predecessor ?? emptyRecord({ instanceId, contactId: previousContactId });
  return inherit(record, inheritanceOf(before), now);
}
