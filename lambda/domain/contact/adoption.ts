import { INACTIVE_REASONS } from './decision.ts';
import { queueVisitId } from './facts.ts';
import type { ContactRecord } from './record.ts';

/** A contact that SearchContacts found. Times are milliseconds since the epoch; what is not set is absent. */
export interface FoundContact {
  readonly contactId: string;
  readonly channel?: string;
  readonly queueId?: string;
  readonly enqueuedAt?: number;
  readonly connectedAt?: number;
  readonly disconnectedAt?: number;
  readonly activeRegion?: string;
}

/**
 * True for a contact that waits, as far as the search tells: enqueued after it was last connected, and not
 * disconnected. Its index may lag, so DescribeContact has the last word. What another Region owns is not ours.
 *
 * @param region - the Region of this deployment.
 */
export function seemsToWait(found: FoundContact, region: string): boolean {
  const { enqueuedAt, connectedAt = 0, disconnectedAt, activeRegion = region } = found;
  return (
    enqueuedAt !== undefined &&
    connectedAt < enqueuedAt &&
    disconnectedAt === undefined &&
    activeRegion === region
  );
}

/** True when the system acts for the contact: it knows the queue that the contact waits in, and decided about it. */
export function isKnownToWait({ decision, facts }: ContactRecord): boolean {
  const queueVisit = queueVisitId(facts);
  return (
    queueVisit !== undefined && decision?.queueVisit === queueVisit && !INACTIVE_REASONS.has(decision.reason)
  );
}

/**
 * True when Connect should be asked about a contact that the search found waiting. While a question about it is to be
 * repeated, its wake-up may have been lost: the message stands in for it, and changes nothing where it comes early.
 */
export function isAdoptable(
  record: ContactRecord | undefined,
  found: Pick<FoundContact, 'enqueuedAt'>,
): boolean {
  if (record?.look) return record.look.retryAt !== undefined;
  if (record === undefined) return true;
  // Paused tasks wait for days, and the search does not tell that they are paused.
  return !(isKnownToWait(record) || record.decision?.reason === 'paused' || isKnownToHaveLeft(record, found));
}

/** True when the record knows more than the search, whose index lags: the visit that was found is over. */
function isKnownToHaveLeft({ facts }: ContactRecord, { enqueuedAt = 0 }: Pick<FoundContact, 'enqueuedAt'>) {
  if (!facts) return false;
  // The time that was found may be cut to its second.
  return facts.disconnectedAt !== undefined || (facts.connectedAt ?? 0) >= enqueuedAt + 1_000;
}
