import type { ContactFacts } from './facts.ts';
import { mergeFacts } from './merge-facts.ts';
import { type ContactRecord, emptyRecord } from './record.ts';
import { continuedContactId, inherit, inheritanceOf } from './transfer-chain.ts';

/** The record with the facts of an event merged in. */
export function mergeEvent(record: ContactRecord, facts: ContactFacts): ContactRecord {
  return { ...record, facts: record.facts ? mergeFacts(record.facts, facts) : facts };
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
