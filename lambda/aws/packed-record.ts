import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { ContactKey } from '../domain/contact/contact-key.ts';
import { keyString } from '../domain/contact/contact-key.ts';
import type { ContactRecord } from '../domain/contact/record.ts';
import { UnreadableRecordError } from '../domain/contact/record-versions.ts';
import { isObject } from '../domain/json.ts';

/** A record as its item of the table has it. DynamoDB charges each write by the kilobyte. */
export interface PackedRecord {
  /** What code that reads no packed records needs in order to leave this one alone, and to say so. */
  readonly record: Pick<ContactRecord, 'schemaVersion' | 'contactId'>;
  /** The record as JSON, compressed. */
  readonly packed: Uint8Array;
}

/**
 * What records look like: where theirs is the same, compression refers to it. Records are read with the dictionary that
 * they were written with, so this never changes: another one needs another schema version.
 */
const DICTIONARY = [
  '"droppedSignals":1,"closedAt":179,"closure":{"cause":"not-found","queueVisit":"","count":1},"look":{"at":179},',
  '"override":{"at":179,"set":{},"until":179,"actor":"","sender":"","reason":""},"successors":[""],"isUndecided":true,',
  '"chain":{"previousContactId":"","firstEnqueuedAt":179,"initialContactId":"","transfers":1},"unsentEvents":[{"name":"",',
  '"shadows":{"policies":[{"policy":"","step":0,"desired":{}}],"wakeAt":179},"queueName":{"queueArn":"","value":""},',
  '"queueSignals":{"":{"at":179,"until":179,"queueArn":""}},"recentContacts":1,"appliedMessages":["signal:"],',
  '"attributes":{"changedAt":179,"names":[""],"values":{"":""}},"approximateQueue":{"pauses":[179],"resumes":[179],',
  '"activeRegion":{"at":179,"value":"us-east-1"},"connectedAt":179,"disconnectedAt":179,"attributesChangedAt":179,',
  '"restorePoint":{},"rejected":{"at":179,"generation":1,"request":{},"message":"InvalidParameterException: "},',
  '"attempts":1,"conflicts":1,"retryAt":179,"horizonSeconds":600,"putIn":{},"lasting":{},"staffing":{},"timelyUntil":179,',
  '"requiredAttributes":[""],"isAssumed":true,"channel":"CHAT","channel":"TASK","initiationMethod":"API",',
  '{"schemaVersion":4,"instanceId":"","contactId":"","signals":{},"messageIds":[],"history":[{"at":179,"text":"governed by ',
  '"},{"at":179,"text":"governed by  step 0"},{"at":179,"text":"applied {\\"QueuePriority\\":2}"},{"at":179,"text":"applied ',
  '{\\"QueueTimeAdjustmentSeconds\\":60}"},{"at":179,"text":"no-policy"},{"at":179,"text":"not-queued"}],"facts":{',
  '"instanceId":"","contactId":"","eventAt":179,"initialContactId":"","previousContactId":"","channel":"VOICE",',
  '"initiationMethod":"INBOUND","initiatedAt":179,"queue":{"arn":"arn:aws:connect:eu-central-1:123456789012:instance/',
  '/queue/","type":"STANDARD","enqueuedAt":179},"firstEnqueuedAt":179,"tags":{"at":179,"value":{"aws:connect:instanceId":"',
  '"}},"segmentAttributes":{"at":179,"value":{"connect:Subtype":"connect:Telephony"}}},"decision":{"queueVisit":"',
  'arn:aws:connect:us-east-1:","generation":1,"reason":"governed","policy":"","step":0,"desired":{"priority":2,',
  '"ageSeconds":60,"criteria":{}},"allowLower":false,"dueAt":179},"status":{"queueVisit":"","applied":{"priority":5,',
  '"ageSeconds":0},"initial":{"priority":5,"ageSeconds":0},"isObserved":true,"unconfirmed":["priority"]},"wakeAt":179,',
  '"timerAt":179,"inFlightSince":179,"underWay":{"key":"idempotency#","until":179}}',
].join('');

/** Packs a record for its item. */
export function packRecord(record: ContactRecord): PackedRecord {
  const { schemaVersion, contactId } = record;
  const packed = deflateRawSync(JSON.stringify(record), { dictionary: dictionaryOf(record) });
  return { record: { schemaVersion, contactId }, packed };
}

/**
 * The record of an item, packed or as earlier versions stored it. What it holds is not checked.
 *
 * @throws UnreadableRecordError when it is packed and damaged.
 */
export function unpackRecord(
  key: ContactKey,
  { record, packed }: Readonly<Record<string, unknown>>,
): unknown {
  // A later version may pack its records in another way.
  if (!(packed instanceof Uint8Array) || !isKnown(record)) return record;
  try {
    return JSON.parse(inflateRawSync(packed, { dictionary: dictionaryOf(key) }).toString());
  } catch (error) {
    throw new UnreadableRecordError(
      `The record of contact ${key.contactId} is damaged: ${error}. Delete the contact's item from the table: the next ` +
        'event of the contact writes a new one.',
    );
  }
}

/** The schema version since which records are packed in this way. */
const PACKED_SCHEMA_VERSION = 4;

function isKnown(record: unknown): boolean {
  return isObject(record) && record.schemaVersion === PACKED_SCHEMA_VERSION;
}

/** The ids are in the record several times. They are the key of its item, so they need no room in it. */
function dictionaryOf(key: ContactKey): Buffer {
  return Buffer.from(`${DICTIONARY}${keyString(key)}`);
}
