import { type ContactRecord, type Signal, withHistory } from '../contact/record.ts';
import { defined, without } from '../json.ts';
import type { ContactMessage } from './rule-message.ts';

/** A record keeps the ids of so many messages. */
const MAX_MESSAGE_IDS = 32;

/** A contact keeps so many signals; beyond that, the oldest are dropped. */
const MAX_SIGNALS = 64;

/** The record with a message applied. A message that was applied before, by its id, changes nothing. */
export function applyMessage(record: ContactRecord, message: ContactMessage, now: number): ContactRecord {
  if (message.type === 'wake') {
    // The timer has fired; a timer that was set for later is still pending.
    return message.wakeAt >= (record.timerAt ?? Number.POSITIVE_INFINITY)
      ? without(record, 'timerAt')
      : record;
  }
  if (record.messageIds.includes(message.id)) return record;
  const received = {
    ...record,
    messageIds: [...record.messageIds.slice(1 - MAX_MESSAGE_IDS), message.id],
  };
  switch (message.type) {
    case 'signal': {
      const { signal: name, at, until } = message;
      const signal = mergeSignals(record.signals[name], defined({ at, until }));
      const signals = { ...newestSignals(record, now), [name]: signal };
      return withHistory({ ...received, signals }, now, `signal ${name}`);
    }
    case 'override':
    case 'release': {
      if (message.at < (record.override?.at ?? Number.NEGATIVE_INFINITY)) return received;
      // A release and an override sent in the same millisecond can arrive in either order: the release wins.
      if (message.type === 'override' && record.override?.at === message.at && !record.override.set) {
        return received;
      }
      const { type, id: _id, instanceId: _instanceId, contactId: _contactId, ...override } = message;
      const by = message.actor === undefined ? '' : ` by ${message.actor}`;
      return withHistory({ ...received, override }, now, `${type}${by}`);
    }
  }
}

/** The signals that have not expired, without the oldest where one more would be too many. */
function newestSignals({ signals }: ContactRecord, now: number): Record<string, Signal> {
  const newest = Object.entries(signals)
    .filter(([, { until }]) => until === undefined || until > now)
    .sort(([, a], [, b]) => b.at - a.at)
    .slice(0, MAX_SIGNALS - 1);
  return Object.fromEntries(newest);
}

/** A signal that is sent twice holds until the later of both ends, in whatever order they arrive. */
function mergeSignals(a: Signal | undefined, b: Signal): Signal {
  if (!a) return b;
  const at = Math.max(a.at, b.at);
  return a.until === undefined || b.until === undefined ? { at } : { at, until: Math.max(a.until, b.until) };
}
