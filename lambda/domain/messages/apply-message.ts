import { isKnownToWait } from '../contact/adoption.ts';
import { isOneQueue, latestVisit } from '../contact/facts.ts';
import { type ContactRecord, withHistory } from '../contact/record.ts';
import { addSignals, droppedNames, withSignalHistory } from '../contact/signals.ts';
import { inherit } from '../contact/transfer-chain.ts';
import { defined, without } from '../json.ts';
import type { ContactMessage } from './rule-message.ts';

/** A record keeps the ids of so many messages of each type: a flood of signals must not have an override count twice. */
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
  const identity = identityOf(message);
  const { appliedMessages = [] } = record;
  // Version 0.1.0 stored the ids alone.
  if (appliedMessages.includes(identity) || record.messageIds.includes(message.id)) return record;
  const received = {
    ...record,
    appliedMessages: withIdentity(appliedMessages, message.type, identity),
  };
  switch (message.type) {
    case 'signal': {
      const { signal: name, at, until } = message;
      const added = { [name]: defined({ at, until }) };
      const signals = addSignals(record.signals, added, now);
      const dropped = droppedNames(record.signals, added, signals, now);
      return withSignalHistory({ ...received, signals }, now, `signal ${name}`, dropped);
    }
    case 'signal-of-queue': {
      const queue = latestVisit(record.facts);
      const { signal: name, at, until, queueArn = queue?.arn } = message;
      // The contact was moved since the signal was sent to the queue.
      if (!queue || queueArn === undefined || !isOneQueue(queue.arn, queueArn)) return received;
      const added = { [name]: defined({ at, until, queueArn }) };
      const { queueSignals: before = {} } = record;
      const queueSignals = addSignals(before, added, now);
      const dropped = droppedNames(before, added, queueSignals, now);
      return withSignalHistory({ ...received, queueSignals }, now, `signal ${name} of its queue`, dropped);
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
      const sentBy = message.sender === undefined ? '' : `, sent by ${message.sender}`;
      return withHistory({ ...received, override }, now, `${type}${by}${sentBy}`);
    }
  }
}

/**
 * What makes two messages the same: the id within the type. Each kind of sender chooses its ids by itself, so a signal
 * never takes the place of an override, nor one on a queue the place of one on a contact.
 */
function identityOf(message: Extract<ContactMessage, { readonly id: string }>): string {
  return `${message.type}:${message.id}`;
}

/** The identities with another one, without the oldest of its type where there are too many. */
function withIdentity(identities: readonly string[], type: ContactMessage['type'], added: string): string[] {
  const ofType = identities.filter((identity) => identity.startsWith(`${type}:`));
  const dropped = ofType.length < MAX_MESSAGE_IDS ? undefined : ofType[0];
  return [...identities.filter((identity) => identity !== dropped), added];
}
