import { defined } from '../json.ts';
import type { ContactFacts } from './facts.ts';
import { mergeFacts } from './merge-facts.ts';
import type { ContactRecord } from './record.ts';

/** The record with the facts of an event merged in. */
export function mergeEvent(record: ContactRecord, facts: ContactFacts): ContactRecord {
  return { ...record, facts: record.facts ? mergeFacts(record.facts, facts) : facts };
}

/**
 * The record with what it takes over from the contact before it in its transfer chain: the time of the first enqueue,
 * and one more transfer. A transfer from a contact that is not known counts, too.
 */
export function mergePredecessor(
  record: ContactRecord,
  predecessor: ContactRecord | undefined,
): ContactRecord {
  const times = [predecessor?.facts?.firstEnqueuedAt, predecessor?.chain?.firstEnqueuedAt].filter(
    (at) => at !== undefined,
  );
  return {
    ...record,
    chain: defined({
      transfers: (predecessor?.chain?.transfers ?? 0) + 1,
      firstEnqueuedAt: times.length === 0 ? undefined : Math.min(...times),
    }),
  };
}
