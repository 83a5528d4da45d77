import { isKnownToWait } from '../contact/adoption.ts';
import { isOneQueue, latestVisit } from '../contact/facts.ts';
import { type ContactRecord, withHistory } from '../contact/record.ts';
import { addSignals } from '../contact/signals.ts';
import { inherit } from '../contact/transfer-chain.ts';
import { defined, without } from '../json.ts';
import type { ContactMessage } from './rule-message.ts';

/** A record keeps the ids of so many messages. */
const MAX_MESSAGE_IDS = 32;

/** The record with a message applied. A message that was applied before, by its id, changes nothing. */
export function applyMessage(record: ContactRecord, message: ContactMessage, now: number): ContactRecord {
  if (message.type === 'wake') {
    // The timer has fired; a timer that was set for later is still pending.
    return message.wakeAt >= (record.timerAt ?? Number.POSITIVE_INFINITY)
      ? without(record, 'timerAt')
      : record;
  }
  if (message.type === 'adopt') {
    return isKnownToWait(record) ? record : { ...record, look: record.look ?? { at: message.at } };
  }
  if (message.type === 'inherit') return inherit(record, message, now);
  if (record.messageIds.includes(message.id)) return record;
  const received = {
    ...record,
    messageIds: [...record.messageIds.slice(1 - MAX_MESSAGE_IDS), message.id],
  };
  switch (message.type) {
    case 'signal': {
      const { signal: name, at, until } = message;
      const signals = addSignals(record.signals, { [name]: defined({ at, until }) }, now);
      return withHistory({ ...received, signals }, now, `signal ${name}`);
    }
    case 'signal-of-queue': {
      const queue = latestVisit(record.facts);
      const { signal: name, at, until, queueArn = queue?.arn } = message;
      // The contact was moved since the signal was sent to the queue.
      if (!queue || queueArn === undefined || !isOneQueue(queue.arn, queueArn)) return received;
      const added = { [name]: defined({ at, until, queueArn }) };
      const queueSignals = addSignals(record.queueSignals ?? {}, added, now);
      return withHistory({ ...received, queueSignals }, now, `signal ${name} of its queue`);
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
