import { arnId } from '../arn.ts';
import { defined, isObject, type JsonObject, member } from '../json.ts';
import type { SegmentAttributes, SegmentValue } from '../policy/contact-view.ts';
import { describeValue } from '../validation/problem.ts';
import { type ContactFacts, type Dialer, OUTBOUND_METHODS } from './facts.ts';

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
}

/** Where an event that is no customer's comes from: a test of Connect's own, or a replay of an archive of events. */
export type EventOrigin = 'test' | 'replay';

/** The segment attribute that contacts of Connect's own tests and simulations have. */
export const TEST_ATTRIBUTE = 'connect:ValidationTestType';

/** True for an event of an EventBridge archive that is replayed: what it reports happened long ago. */
export function isReplayed(envelope: JsonObject): boolean {
  return text(envelope, 'replay-name') !== undefined;
}

function originOf(
  envelope: JsonObject,
  segmentAttributes: SegmentAttributes | undefined,
): EventOrigin | undefined {
  if (isReplayed(envelope)) return 'replay';
  return segmentAttributes && Object.hasOwn(segmentAttributes, TEST_ATTRIBUTE) ? 'test' : undefined;
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
  const contactId = requireText(detail, 'contactId', 'the id of a contact');
  const instanceArn = requireText(detail, 'instanceArn', 'the ARN of a Connect instance');
  const instanceId = arnId(instanceArn, 'instance');
  if (!instanceId) {
    throw new MalformedEventError(
      `detail.instanceArn is ${describeValue(instanceArn)}: expected the ARN of a Connect instance, ` +
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

  // Connect writes the ARN of one queue in both forms.
  const queueArn = text(queueInfo, 'queueArn')?.replace('arn:aws::', 'arn:aws:');
  const initiationMethod = text(detail, 'initiationMethod')?.toUpperCase();
  const visitAt = (enqueuedAt: number | undefined) =>
    queueArn && enqueuedAt !== undefined
      ? defined({ arn: queueArn, type: text(queueInfo, 'queueType'), enqueuedAt })
      : undefined;
  const approximateTime = enqueueTime === undefined && eventType === 'QUEUED' ? at : undefined;
  const activeRegion = text(objectMember(detail, 'globalResiliencyMetadata'), 'activeRegion');
  const tags = strings(objectMember(detail, 'tags'));
  const segmentAttributes = segmentAttributesOf(objectMember(detail, 'segmentAttributes'));

  return {
    eventType,
    ...defined({ origin: originOf(envelope, segmentAttributes) }),
    facts: defined({
      instanceId,
      contactId,
      eventAt: at > 0 ? at : undefined,
      initialContactId: text(detail, 'initialContactId'),
      previousContactId: text(detail, 'previousContactId'),
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
      attributesChangedAt: changedAttributes(detail) ? at : undefined,
      tags: tags && { at, value: tags },
      segmentAttributes: segmentAttributes && { at, value: segmentAttributes },
      activeRegion: activeRegion ? { at, value: activeRegion } : undefined,
    }),
  };
}

/** An agent who dials is named from the start, with a connection time that is not set. */
function dialerOf(
  eventType: string,
  detail: JsonObject,
  agentInfo: JsonObject | undefined,
): Dialer | undefined {
  if (objectMember(detail, 'campaign')) return 'campaign';
  if (text(agentInfo, 'agentArn') !== undefined) return 'agent';
  return eventType === 'QUEUED' ? 'queue' : undefined;
}

/** Types after which the contact cannot be waiting. COMPLETED comes without a disconnect time. */
const END_EVENT_TYPES = new Set(['DISCONNECTED', 'COMPLETED']);

/** Connect writes 1970-01-01T00:00:00.001Z where a time is not set. */
const EARLIEST_SET_TIME = Date.UTC(1971, 0, 1);

function time(holder: JsonObject | undefined, name: string): number | undefined {
  const value = text(holder, name);
  const at = value === undefined ? Number.NaN : Date.parse(value);
  return at >= EARLIEST_SET_TIME ? at : undefined;
}

function changedAttributes(detail: JsonObject): boolean {
  const updated = member(detail, 'updatedProperties');
  return (
    Array.isArray(updated) &&
    updated.some((name) => typeof name === 'string' && name.startsWith('UserDefinedAttributes'))
  );
}

/** Segment attributes with their types; what has none of them is left out. */
export function segmentAttributesOf(holder: JsonObject | undefined): SegmentAttributes | undefined {
  if (!holder) return undefined;
  const entries = Object.entries(holder).flatMap(([name, value]): [string, SegmentValue][] => {
    const typed = segmentValue(value);
    return typed === undefined ? [] : [[name, typed]];
  });
  return Object.fromEntries(entries);
}

/** The value of `{ valueString }`, `{ valueInteger }`, `{ valueArn }`, `{ valueMap }` or `{ valueList }`, or a plain one. */
function segmentValue(value: unknown): SegmentValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (!isObject(value)) return undefined;
  for (const name of ['valueString', 'valueInteger', 'valueArn']) {
    const plain = member(value, name);
    if (typeof plain === 'string' || typeof plain === 'number') return plain;
  }
  const [map, list] = [member(value, 'valueMap'), member(value, 'valueList')];
  if (isObject(map)) return segmentAttributesOf(map);
  return Array.isArray(list) ? list.flatMap((item) => segmentValue(item) ?? []) : undefined;
}

/** Strings as they are; what is none is left out. */
function strings(holder: JsonObject | undefined): Record<string, string> | undefined {
  if (!holder) return undefined;
  const entries = Object.entries(holder).flatMap(([name, value]): [string, string][] => {
    return typeof value === 'string' ? [[name, value]] : [];
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

function requireText(detail: JsonObject, name: string, what: string): string {
  const value = text(detail, name);
  if (value === undefined) {
    const given = member(detail, name);
    const found = given === undefined ? 'missing' : describeValue(given);
    throw new MalformedEventError(`detail.${name} is ${found}: expected ${what}.`);
  }
  return value;
}

function requireObject(value: unknown, what: string): JsonObject {
  if (isObject(value)) return value;
  // Named by its kind alone: whatever it holds may be a customer's.
  const found = value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
  throw new MalformedEventError(`${what} is ${found}: expected a JSON object.`);
}
