import { type ContactFacts, mergeFacts } from './contact.ts';
import { without } from './json.ts';
import { type ContactRecord, type Signal, type TransferChain, withHistory } from './record.ts';
import type { ContactMessage } from './rule-message.ts';

const KEPT_MESSAGE_IDS = 32;

/** A contact keeps so many signals; of more, the oldest give way. */
const MAX_SIGNALS = 64;

/** The record with the facts of an event merged in. */
export function foldFacts(record: ContactRecord, facts: ContactFacts): ContactRecord {
  return { ...record, facts: record.facts ? mergeFacts(record.facts, facts) : facts };
}

/**
 * The record with what the contact before it in the transfer chain tells: the first queue, and one transfer
 * more. Where that contact is not known the transfer counts all the same.
 */
export function foldPredecessor(
  record: ContactRecord,
  predecessor: ContactRecord | undefined,
): ContactRecord {
  const times = [predecessor?.facts?.firstEnqueuedAt, predecessor?.chain?.firstEnqueuedAt].filter(
    (at) => at !== undefined,
  );
  const chain: TransferChain = {
    transfers: (predecessor?.chain?.transfers ?? 0) + 1,
    ...(times.length === 0 ? {} : { firstEnqueuedAt: Math.min(...times) }),
  };
  return { ...record, chain };
}

/** The record with a message folded in. One that was folded before, by its id, changes nothing. */
export function foldMessage(record: ContactRecord, message: ContactMessage, now: number): ContactRecord {
  if (message.type === 'wake') {
    // The timer has rung; a timer that was set for later is still under way.
    return message.wakeAt >= (record.timerAt ?? Number.POSITIVE_INFINITY)
      ? without(record, 'timerAt')
      : record;
  }
  if (record.messageIds.includes(message.id)) return record;
  const known = { ...record, messageIds: [...record.messageIds.slice(1 - KEPT_MESSAGE_IDS), message.id] };
  switch (message.type) {
    case 'signal': {
      const signal = unitedSignal(record.signals[message.signal], {
        at: message.at,
        ...(message.until === undefined ? {} : { until: message.until }),
      });
      const held = Object.entries(record.signals)
        .filter(([, { until }]) => until === undefined || until > now)
        .sort(([, a], [, b]) => b.at - a.at)
        .slice(0, MAX_SIGNALS - 1);
      return withHistory(
        { ...known, signals: { ...Object.fromEntries(held), [message.signal]: signal } },
        now,
        `signal ${message.signal}`,
      );
    }
    case 'override':
    case 'release': {
      if (message.at < (record.override?.at ?? Number.NEGATIVE_INFINITY)) return known;
      // Sent in the same moment, a release and an override can come in any order: the release holds.
      if (message.type === 'override' && record.override?.at === message.at && !record.override.set)
        return known;
      const { type, id: _id, instanceId: _instanceId, contactId: _contactId, ...override } = message;
      const by = message.actor === undefined ? '' : ` by ${message.actor}`;
      return withHistory({ ...known, override }, now, `${type}${by}`);
    }
  }
}

/** Told twice, a signal holds until the later of both ends, whatever their order. */
function unitedSignal(a: Signal | undefined, b: Signal): Signal {
  if (!a) return b;
  const at = Math.max(a.at, b.at);
  return a.until === undefined || b.until === undefined ? { at } : { at, until: Math.max(a.until, b.until) };
}
