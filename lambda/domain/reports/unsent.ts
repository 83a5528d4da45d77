import type { ContactRecord } from '../contact/record.ts';
import { without } from '../json.ts';
import type { EventName, OutgoingEvent } from '../outgoing-events/outgoing-event.ts';
import type { Report } from './report.ts';

/**
 * Events that a record keeps until EventBridge has accepted them, at most, in number and in bytes: criteria may be long,
 * and DynamoDB allows 400 KB for a record. So many remain only where EventBridge accepts nothing for long. Then the
 * oldest changes that were made and orders of operators go first: the log has them, and rejected changes, missed changes and
 * leavings are few.
 */
const MAX_UNSENT = 100;
const MAX_UNSENT_BYTES = 100_000;

/** Events that the log has, too, unless a process ended between its write and its line. */
const LOGGED: ReadonlySet<string> = new Set(['escalated', 'overridden', 'released']);

/** The record with the events of reports that the settings choose, to be sent once the record is written. */
export function withUnsentEvents(
  record: ContactRecord,
  reports: readonly Report[],
  chosen: readonly EventName[],
): ContactRecord {
  const before = record.unsentEvents ?? [];
  const isKnown = ({ detail: { id } }: OutgoingEvent) => before.some((event) => event.detail.id === id);
  const added = reports.map(({ event }) => event).filter(({ name }) => chosen.includes(name));
  const fresh = added.filter((event) => !isKnown(event));
  return fresh.length === 0 ? record : withEvents(record, bounded([...before, ...fresh]));
}

/** The record without events that EventBridge has accepted. */
export function withoutSentEvents(record: ContactRecord, sentIds: ReadonlySet<string>): ContactRecord {
  const { unsentEvents = [] } = record;
  const remaining = unsentEvents.filter(({ detail: { id } }) => !sentIds.has(id));
  if (remaining.length === unsentEvents.length) return record;
  return withEvents(record, remaining);
}

function withEvents(record: ContactRecord, unsentEvents: readonly OutgoingEvent[]): ContactRecord {
  return unsentEvents.length === 0 ? without(record, 'unsentEvents') : { ...record, unsentEvents };
}

function bounded(events: readonly OutgoingEvent[]): readonly OutgoingEvent[] {
  if (events.length <= MAX_UNSENT && bytesOf(events) <= MAX_UNSENT_BYTES) return events;
  const oldest = events.find(({ name }) => LOGGED.has(name)) ?? events[0];
  return bounded(events.filter((event) => event !== oldest));
}

function bytesOf(events: readonly OutgoingEvent[]): number {
  return new TextEncoder().encode(JSON.stringify(events)).length;
}
