import { arnId, plainName } from '../arn.ts';
import { isContactId, isInstanceId } from '../item-keys.ts';
import { defined, isObject, type JsonObject, member } from '../json.ts';
import type { SegmentAttributes, SegmentValue } from '../policy/contact-view.ts';
import { describeValue } from '../validation/problem.ts';
import { actingRegion, type ContactFacts, type Dialer, OUTBOUND_METHODS } from './facts.ts';

/** An event that cannot be understood: no retry can help it. */
export class MalformedEventError extends Error {
  override readonly name = 'MalformedEventError';
}

/** What a contact event says. */
export interface ContactEvent {
  /** The event's type in upper case, such as QUEUED. New types will come; an unknown one is no error. */
  readonly eventType: string;
  readonly facts: ContactFacts;
  /** Absent: a customer's contact, as it happened. */
  readonly origin?: EventOrigin;
  /** Names the customer. Personal data: it is never stored as it is, so it is no part of the facts. */
  readonly customerId?: string;
  /** True where the event says that tags or segment attributes changed. Absent: it repeats them as they are. */
  readonly changesTags?: true;
}

/** Where an event that is no customer's comes from: a test of Connect's own, or a replay of an archive of events. */
export type EventOrigin = 'test' | 'replay';

/** The segment attribute that contacts of Connect's own tests and simulations have. */
export const TEST_ATTRIBUTE = 'connect:ValidationTestType';

/** True for an event of an EventBridge archive that is replayed: what it reports happened long ago. */
export function isReplayed(envelope: JsonObject): boolean {
  return text(envelope, 'replay-name') !== undefined;
}

/** True for the segment attributes of a contact of Connect's own tests. */
export function hasTestMark(segmentAttributes: SegmentAttributes | undefined): boolean {
  return member(segmentAttributes, TEST_ATTRIBUTE) !== undefined;
}

function originOf(
  envelope: JsonObject,
  segmentAttributes: SegmentAttributes | undefined,
): EventOrigin | undefined {
  if (isReplayed(envelope)) return 'replay';
  return hasTestMark(segmentAttributes) ? 'test' : undefined;
}

/**
 * Parses a contact event from EventBridge. It accepts names in any casing (older events are PascalCase, some
 * mixed), `Voice` for VOICE, `arn:aws::connect`, absent or unset (1970) times, unknown types and fields, and
 * the detail without its envelope.
 *
 * Where the type says that something happened and the field with its time is missing, the time of the envelope is
 * used. Envelope times are cut to whole seconds, so the end of a wait is set to the end of its second: otherwise the
 * contact would seem to have been queued after it.
 *
 * Source: Amazon Connect administrator guide, "Contact events data model".
 *
 * @throws MalformedEventError when the event names no contact, no instance or no type.
 */
export function parseContactEvent(event: unknown): ContactEvent {
  const envelope = requireObject(event, 'the event');
  const detailField = member(envelope, 'detail');
  const detail = detailField === undefined ? envelope : requireObject(detailField, 'detail');

  const eventType = requireText(
    detail,
    'eventType',
    'the type of a contact event, such as QUEUED',
  ).toUpperCase();
  const contactId = plainName(requireText(detail, 'contactId', 'the id of a contact'));
  if (!isContactId(contactId)) {
    throw new MalformedEventError('detail.contactId is a text that is no id: expected the id of a contact.');
  }
  const instanceArn = requireText(detail, 'instanceArn', 'the ARN of a Connect instance');
  const instanceId = arnId(plainName(instanceArn), 'instance');
  if (!instanceId || !isInstanceId(instanceId)) {
    throw new MalformedEventError(
      `detail.instanceArn is ${instanceArn.startsWith('arn:') ? describeValue(instanceArn) : 'no ARN'}: expected the ARN of a Connect instance, ` +
        'such as arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555.',
    );
  }

  const queueInfo = objectMember(detail, 'queueInfo');
  const agentInfo = objectMember(detail, 'agentInfo');
  const enqueueTime = time(queueInfo, 'enqueueTimestamp');
  const connectTime = time(agentInfo, 'connectedToAgentTimestamp');
  const disconnectTime = time(detail, 'disconnectTimestamp');
  const initiatedAt = time(detail, 'initiationTimestamp');
  const at =
    time(envelope, 'time') ??
    Math.max(
      0,
      ...[enqueueTime, connectTime, disconnectTime, initiatedAt].filter((known) => known !== undefined),
    );
  const endOfSecond = at - (at % 1_000) + 999;
  const snapshotAt = momentOf(eventType, at, enqueueTime, [connectTime, disconnectTime, initiatedAt]);

  const queueArn = name(queueInfo, 'queueArn');
  const initiationMethod = text(detail, 'initiationMethod')?.toUpperCase();
  const visitAt = (enqueuedAt: number | undefined) =>
    queueArn && enqueuedAt !== undefined
      ? defined({ arn: queueArn, type: text(queueInfo, 'queueType'), enqueuedAt })
      : undefined;
  const approximateTime = enqueueTime === undefined && eventType === 'QUEUED' ? at : undefined;
  const resiliency = objectMember(detail, 'globalResiliencyMetadata');
  const tags = strings(objectMember(detail, 'tags'));
  const segmentAttributes = segments(objectMember(detail, 'segmentAttributes'));

  return {
    eventType,
    ...defined({
      origin: originOf(envelope, segmentAttributes),
      customerId: text(detail, 'customerId'),
      changesTags: changes(detail, 'tags') || changes(detail, 'segmentattributes') || undefined,
    }),
    facts: defined({
      instanceId,
      contactId,
      eventAt: at > 0 ? at : undefined,
      initialContactId: name(detail, 'initialContactId'),
      previousContactId: contactIdOf(detail, 'previousContactId'),
      channel: text(detail, 'channel')?.toUpperCase(),
      initiationMethod,
      initiatedAt,
      queue: visitAt(enqueueTime),
      approximateQueue: visitAt(approximateTime && approximateTime - (approximateTime % 1_000)),
      dialer: OUTBOUND_METHODS.has(initiationMethod ?? '')
        ? dialerOf(eventType, detail, agentInfo)
        : undefined,
      // The end of the second: the exact time, once it is known, is the earlier one.
      firstEnqueuedAt: queueArn
        ? (enqueueTime ?? (approximateTime === undefined ? undefined : endOfSecond))
        : undefined,
      connectedAt: connectTime ?? (eventType === 'CONNECTED_TO_AGENT' ? endOfSecond : undefined),
      disconnectedAt: disconnectTime ?? (END_EVENT_TYPES.has(eventType) ? endOfSecond : undefined),
      pauses: eventType === 'PAUSED' ? [at] : undefined,
      resumes: eventType === 'RESUMED' ? [at] : undefined,
      attributesChangedAt: changes(detail, 'userdefinedattributes') ? at : undefined,
      tags: tags && { at: snapshotAt, value: tags },
      segmentAttributes: segmentAttributes && { at: snapshotAt, value: segmentAttributes },
      isTest: hasTestMark(segmentAttributes) || undefined,
      activeRegion: actingRegion(text(resiliency, 'activeRegion'), text(resiliency, 'originRegion'), at),
    }),
  };
}

/**
 * When an event happened, as exactly as it tells. A flow may change a tag and queue the contact in one second, and all
 * of its events have the same time then: but an event is not older than any exact time in it, and the others that carry
 * the time of an enqueue came after QUEUED.
 *
 * @param at - the time of the envelope, cut to its second.
 * @param others - the other times in the event.
 * @returns a time in the same second, in milliseconds since the epoch.
 */
export function momentOf(
  eventType: string,
  at: number,
  enqueuedAt: number | undefined,
  others: readonly (number | undefined)[],
): number {
  const endOfSecond = at - (at % 1_000) + 999;
  const times = [enqueuedAt, ...others]
    .filter((time) => time !== undefined)
    .filter((time) => time <= endOfSecond);
  const latest = Math.max(at, ...times);
  return latest === enqueuedAt && eventType !== 'QUEUED' ? Math.min(latest + 1, endOfSecond) : latest;
}

/** An agent who dials is named from the start, with a connection time that is not set. */
function dialerOf(
  eventType: string,
  detail: JsonObject,
  agentInfo: JsonObject | undefined,
): Dialer | undefined {
  // Contacts of no campaign may carry an empty one.
  if (text(objectMember(detail, 'campaign'), 'campaignId') !== undefined) return 'campaign';
  if (text(agentInfo, 'agentArn') !== undefined) return 'agent';
  return eventType === 'QUEUED' ? 'queue' : undefined;
}

/** Types after which the contact cannot be waiting. COMPLETED comes without a disconnect time. */
const END_EVENT_TYPES = new Set(['DISCONNECTED', 'COMPLETED']);

/** Connect writes 1970-01-01T00:00:00.001Z where a time is not set. */
export const EARLIEST_SET_TIME = Date.UTC(1971, 0, 1);

function time(holder: JsonObject | undefined, name: string): number | undefined {
  const value = text(holder, name);
  const at = value === undefined ? Number.NaN : Date.parse(value);
  return at >= EARLIEST_SET_TIME ? at : undefined;
}

/** Whether the event says that a property changed, or a part of it. @param property - in lower case. */
function changes(detail: JsonObject, property: string): boolean {
  const updated = member(detail, 'updatedProperties');
  return (
    Array.isArray(updated) &&
    updated.some((name) => typeof name === 'string' && name.toLowerCase().startsWith(property))
  );
}

/**
 * Levels of maps and lists in a segment attribute that are read. Connect has one or two, and the table holds 32 levels
 * of a record.
 */
const MAX_SEGMENT_DEPTH = 16;

/** Segment attributes with their types; what has none of them is left out, and so is what is nested too deeply. */
export function segments(holder: JsonObject | undefined, depth = 0): SegmentAttributes | undefined {
  if (!holder) return undefined;
  const entries = Object.entries(holder).flatMap(([name, value]): [string, SegmentValue][] => {
    const typed = segmentValue(value, depth + 1);
    return typed === undefined || name === UNSTORABLE_NAME ? [] : [[name, typed]];
  });
  return Object.fromEntries(entries);
}

/** A member of that name would not survive being stored. */
const UNSTORABLE_NAME = '__proto__';

/** A type of segment attributes that is not known: Connect may add some. */
const TYPE_NAME = /^value[A-Z]\w*$/i;

/** The value of `{ valueString }`, `{ valueInteger }`, `{ valueArn }`, `{ valueMap }` or `{ valueList }`, or a plain one. */
function segmentValue(value: unknown, depth: number): SegmentValue | undefined {
  if (isPlain(value)) return storable(value);
  if (depth > MAX_SEGMENT_DEPTH) return undefined;
  if (Array.isArray(value)) return value.flatMap((item) => segmentValue(item, depth + 1) ?? []);
  if (!isObject(value)) return undefined;
  const integer = member(value, 'valueInteger');
  if (isPlain(integer)) return storable(wholeNumber(integer));
  for (const name of ['valueString', 'valueArn', 'valueBoolean']) {
    const plain = member(value, name);
    if (isPlain(plain)) return storable(plain);
  }
  const [map, list] = [member(value, 'valueMap'), member(value, 'valueList')];
  if (isObject(map)) return segments(map, depth);
  if (Array.isArray(list)) return segmentValue(list, depth);
  const [first, ...others] = Object.keys(value);
  return first !== undefined && others.length === 0 && TYPE_NAME.test(first)
    ? undefined
    : segments(value, depth);
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** An integer is a number, also where it was written as a string; one that a number cannot hold stays as it is. */
function wholeNumber(value: string | number | boolean): string | number | boolean {
  return typeof value === 'string' && /^-?\d+$/.test(value) && Number.isSafeInteger(Number(value))
    ? Number(value)
    : value;
}

/** A number beyond those that the table can hold is kept as text. */
function storable(value: string | number | boolean): string | number | boolean {
  return typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER) ? String(value) : value;
}

/** Strings as they are; what is none is left out. */
function strings(holder: JsonObject | undefined): Record<string, string> | undefined {
  if (!holder) return undefined;
  const entries = Object.entries(holder).flatMap(([name, value]): [string, string][] => {
    return typeof value === 'string' && name !== UNSTORABLE_NAME ? [[name, value]] : [];
  });
  return Object.fromEntries(entries);
}

function objectMember(holder: JsonObject, name: string): JsonObject | undefined {
  const value = member(holder, name);
  return isObject(value) ? value : undefined;
}

function text(holder: JsonObject | undefined, name: string): string | undefined {
  const value = member(holder, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An id or ARN, in the one form that is compared. */
function name(holder: JsonObject | undefined, key: string): string | undefined {
  const value = text(holder, key);
  return value === undefined ? undefined : plainName(value);
}

/** The id of another contact, where it can be one. */
function contactIdOf(holder: JsonObject, key: string): string | undefined {
  const id = name(holder, key);
  return id !== undefined && isContactId(id) ? id : undefined;
}

function requireText(detail: JsonObject, name: string, what: string): string {
  const value = text(detail, name)?.trim();
  if (!value) {
    const given = member(detail, name);
    const isShown = given === '' || typeof given === 'number';
    const found = given === undefined ? 'missing' : isShown ? describeValue(given) : kindOf(given);
    throw new MalformedEventError(`detail.${name} is ${found}: expected ${what}.`);
  }
  return value;
}

function requireObject(value: unknown, what: string): JsonObject {
  if (isObject(value)) return value;
  throw new MalformedEventError(`${what} is ${kindOf(value)}: expected a JSON object.`);
}

/** A value is named by its kind alone: whatever it holds may be a customer's. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : `a ${typeof value}`;
}
