import { without } from '../json.ts';
import { currentQueue, isCurrentVisit, queueVisitId } from './facts.ts';
import { type ClosedCause, type Closure, type ContactRecord, withHistory } from './record.ts';
import { forgottenStatus } from './routing-status.ts';

/** A contact that still waits by all that is known is tried again so long after each closing, in milliseconds. */
const RETRY_DELAYS_MS = [10_000, 60_000, 300_000, 900_000];

/** The record of a contact that Connect does not let this system act on. */
export function markClosed(
  record: ContactRecord,
  { message, cause = 'not-found' }: { readonly message: string; readonly cause?: ClosedCause },
  now: number,
  queueVisit = queueVisitId(record.facts),
): ContactRecord {
  const { closure: last, facts } = record;
  const isSameVisit = last?.queueVisit === queueVisit || isCurrentVisit(facts, last?.queueVisit);
  const count = (last && isSameVisit ? last.count : 0) + 1;
  const closure: Closure = { cause, count, ...(queueVisit !== undefined && { queueVisit }) };
  return withHistory({ ...record, closedAt: now, closure }, now, `closed: ${message}`);
}

/**
 * When a closed contact is tried again, in milliseconds since the epoch; undefined when it is not closed, is known to
 * have left, or was tried often enough.
 */
export function reopensAt({ closedAt, closure, facts }: ContactRecord): number | undefined {
  if (closedAt === undefined || !currentQueue(facts)) return undefined;
  const delayMs = RETRY_DELAYS_MS[(closure?.count ?? 1) - 1];
  return delayMs === undefined ? undefined : closedAt + delayMs;
}

/**
 * The record without its closing, where the contact still waits by all that is known and newer facts say otherwise than
 * Connect did: another queue visit, an override or release sent since, and, by the cause, an event that happened or a
 * signal on the contact that was sent since, or an event that names this Region. Without newer facts it is tried again a few times.
 *
 * @param region - the Region of this deployment.
 */
export function reopen(record: ContactRecord, region: string, now: number): ContactRecord {
  const queueVisit = queueVisitId(record.facts);
  if (record.closedAt === undefined || queueVisit === undefined) return record;
  const closedVisit = record.closure?.queueVisit;
  const isNewVisit = closedVisit !== undefined && !isCurrentVisit(record.facts, closedVisit);
  const isDue = (reopensAt(record) ?? Number.POSITIVE_INFINITY) <= now;
  if (!isNewVisit && !isDue && !isContradicted(record, record.closedAt, region, now)) return record;
  const reopened = withHistory(without(record, 'closedAt'), now, 'reopened');
  // Meanwhile the other Region may have changed the routing.
  const { status } = record;
  return record.closure?.cause === 'other-region' && status
    ? { ...reopened, status: forgottenStatus(status) }
    : reopened;
}

/** True when a fact is newer than the closing and says that the contact can be acted on. */
function isContradicted(
  { facts, override, signals, closure }: ContactRecord,
  closedAt: number,
  region: string,
  now: number,
): boolean {
  const isSince = (at = Number.NEGATIVE_INFINITY) => at > closedAt && at <= now;
  if (isSince(override?.at)) return true;
  const { activeRegion, eventAt } = facts ?? {};
  // Both Regions get the events of a contact: only its active Region says who may act.
  return closure?.cause === 'other-region'
    ? activeRegion?.value === region && isSince(activeRegion.at)
    : isSince(eventAt) || Object.values(signals).some(({ at }) => isSince(at));
}
