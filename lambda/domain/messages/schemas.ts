import { DURATION_FORM } from '../duration.ts';
import { routingSetSchema } from '../policy/schema.ts';
import { durationBetween } from '../validation/duration-schema.ts';
import * as s from '../validation/schema.ts';

const text = s.string().check(s.minLength(1), s.maxLength(512));
const contactId = s.string().check(s.minLength(1), s.maxLength(256));
/** The name of a signal. */
export const signalName = s.string().check(
  s.minLength(1),
  s.maxLength(256),
  s.refine((name) => name !== '__proto__', 'a name that JSON can hold: __proto__ is none'),
);
const freeText = s.string().check(s.maxLength(512));
const duration = durationBetween(1, Number.POSITIVE_INFINITY, DURATION_FORM);
const instant = s
  .string()
  .check(s.refine((given) => Number.isFinite(Date.parse(given)), 'a time such as 2026-11-23T12:00:00.000Z'));
/** The id of a message to a queue, a separator and the id of one of its contacts. */
const fannedOutId = s.string().check(s.minLength(1), s.maxLength(512 + 1 + 512 + 1 + 256));
/** The id of a message to a queue; a rule event with several queues has the ARN of each in it. */
const queueSignalId = s.string().check(s.minLength(1), s.maxLength(512 + 1 + 512));
const publication = s.strictObject({ revision: s.int().check(s.gte(1)), id: text });
const commonFields = { id: s.optional(text), instanceId: s.optional(text) };
const wholeNumber = s.int().check(s.gte(0));
const operatorFields = { actor: s.optional(freeText), reason: s.optional(freeText) };

/** The schemas of the messages that other systems and operators send, by type. */
export const SCHEMAS = {
  signal: s.strictObject({
    type: s.literal('signal'),
    ...commonFields,
    contactId: s.optional(contactId),
    queueArn: s.optional(text),
    signal: signalName,
    ttl: s.optional(duration),
  }),
  override: s.strictObject({
    type: s.literal('override'),
    ...commonFields,
    ...operatorFields,
    contactId,
    set: routingSetSchema,
    ttl: s.optional(duration),
  }),
  release: s.strictObject({ type: s.literal('release'), ...commonFields, ...operatorFields, contactId }),
  wake: s.strictObject({ type: s.literal('wake'), ...commonFields, contactId, wakeAt: instant }),
  adopt: s.strictObject({ type: s.literal('adopt'), ...commonFields, contactId }),
  reevaluate: s.strictObject({
    type: s.literal('reevaluate'),
    ...commonFields,
    configuration: s.optional(publication),
  }),
} as const;

/** The schemas of the messages that the system sends to itself only, by type. */
export const INTERNAL_SCHEMAS = {
  /** A signal that was sent to the queue of the contact. */
  'signal-of-queue': s.strictObject({
    type: s.literal('signal-of-queue'),
    ...commonFields,
    id: s.optional(fannedOutId),
    contactId,
    queueArn: s.optional(text),
    signal: signalName,
    ttl: s.optional(duration),
  }),
  /** The next part of the fan-out of a signal to a queue. */
  'continue-signal': s.strictObject({
    type: s.literal('continue-signal'),
    ...commonFields,
    id: s.optional(queueSignalId),
    queueArn: text,
    signal: signalName,
    ttl: s.optional(duration),
    part: wholeNumber,
  }),
  /** The next part of the fan-out of `reevaluate`. */
  'continue-reevaluate': s.strictObject({
    type: s.literal('continue-reevaluate'),
    ...commonFields,
    configuration: s.optional(publication),
    part: wholeNumber,
  }),
  /** The contacts of a queue whose state has changed are reconciled, part by part. */
  'reevaluate-queue': s.strictObject({
    type: s.literal('reevaluate-queue'),
    ...commonFields,
    id: s.optional(queueSignalId),
    queueArn: text,
    part: s.optional(wholeNumber),
  }),
  /** The load of queues is read, for the conditions that policies name. */
  poll: s.strictObject({ type: s.literal('poll'), ...commonFields, pollAt: instant }),
  /** The name of a queue is looked up, for the policies that name it. */
  'queue-name': s.strictObject({
    type: s.literal('queue-name'),
    id: s.optional(text),
    instanceId: text,
    queueArn: text,
  }),
  /** How many agents of a queue are staffed for expressions of routes is read. */
  staffing: s.strictObject({
    type: s.literal('staffing'),
    id: s.optional(text),
    instanceId: text,
    queueArn: text,
    expressions: s.array(text).check(s.minLength(1)),
  }),
  /** What the contact before it in the transfer chain hands on. Times are milliseconds since the epoch. */
  inherit: s.strictObject({
    type: s.literal('inherit'),
    ...commonFields,
    contactId,
    previousContactId: contactId,
    transfers: wholeNumber,
    firstEnqueuedAt: s.optional(wholeNumber),
    initialContactId: s.optional(contactId),
    isTest: s.optional(s.literal(true)),
    pauses: s.optional(s.array(wholeNumber)),
    resumes: s.optional(s.array(wholeNumber)),
    signals: s.record(signalName, s.strictObject({ at: wholeNumber, until: s.optional(wholeNumber) })),
  }),
} as const;

/** The types of {@link SCHEMAS}. */
export const MESSAGE_TYPES = Object.keys(SCHEMAS);
