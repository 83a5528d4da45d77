import * as z from 'zod/mini';
import { DURATION_FORM } from '../duration.ts';
import { routingSetSchema } from '../policy/schema.ts';
import { durationBetween } from '../validation/duration-schema.ts';

const text = z.string().check(z.minLength(1), z.maxLength(512));
const contactId = z.string().check(z.minLength(1), z.maxLength(256));
/** The name of a signal. */
export const signalName = z.string().check(
  z.minLength(1),
  z.maxLength(256),
  z.refine((name) => name !== '__proto__', { error: 'a name that JSON can hold: __proto__ is none' }),
);
const freeText = z.string().check(z.maxLength(512));
const duration = durationBetween(1, Number.POSITIVE_INFINITY, DURATION_FORM);
const instant = z.string().check(
  z.refine((given) => Number.isFinite(Date.parse(given)), {
    error: 'a time such as 2026-11-23T12:00:00.000Z',
  }),
);
/** The id of a message to a queue, a separator and the id of one of its contacts. */
const fannedOutId = z.string().check(z.minLength(1), z.maxLength(512 + 1 + 512 + 1 + 256));
/** The id of a message to a queue; a rule event with several queues has the ARN of each in it. */
const queueSignalId = z.string().check(z.minLength(1), z.maxLength(512 + 1 + 512));
const publication = z.strictObject({ revision: z.int().check(z.gte(1)), id: text });
const commonFields = { id: z.optional(text), instanceId: z.optional(text) };
const wholeNumber = z.int().check(z.gte(0));
const operatorFields = { actor: z.optional(freeText), reason: z.optional(freeText) };

/** The schemas of the messages that other systems and operators send, by type. */
export const SCHEMAS = {
  signal: z.strictObject({
    type: z.literal('signal'),
    ...commonFields,
    contactId: z.optional(contactId),
    queueArn: z.optional(text),
    signal: signalName,
    ttl: z.optional(duration),
  }),
  override: z.strictObject({
    type: z.literal('override'),
    ...commonFields,
    ...operatorFields,
    contactId,
    set: routingSetSchema,
    ttl: z.optional(duration),
  }),
  release: z.strictObject({ type: z.literal('release'), ...commonFields, ...operatorFields, contactId }),
  wake: z.strictObject({ type: z.literal('wake'), ...commonFields, contactId, wakeAt: instant }),
  adopt: z.strictObject({ type: z.literal('adopt'), ...commonFields, contactId }),
  reevaluate: z.strictObject({
    type: z.literal('reevaluate'),
    ...commonFields,
    configuration: z.optional(publication),
  }),
} as const;

/** The schemas of the messages that the system sends to itself only, by type. */
export const INTERNAL_SCHEMAS = {
  /** A signal that was sent to the queue of the contact. */
  'signal-of-queue': z.strictObject({
    type: z.literal('signal-of-queue'),
    ...commonFields,
    id: z.optional(fannedOutId),
    contactId,
    queueArn: z.optional(text),
    signal: signalName,
    ttl: z.optional(duration),
  }),
  /** The next part of the fan-out of a signal to a queue. */
  'continue-signal': z.strictObject({
    type: z.literal('continue-signal'),
    ...commonFields,
    id: z.optional(queueSignalId),
    queueArn: text,
    signal: signalName,
    ttl: z.optional(duration),
    part: wholeNumber,
  }),
  /** The next part of the fan-out of `reevaluate`. */
  'continue-reevaluate': z.strictObject({
    type: z.literal('continue-reevaluate'),
    ...commonFields,
    configuration: z.optional(publication),
    part: wholeNumber,
  }),
  /** The contacts of a queue whose state has changed are reconciled, part by part. */
  'reevaluate-queue': z.strictObject({
    type: z.literal('reevaluate-queue'),
    ...commonFields,
    id: z.optional(queueSignalId),
    queueArn: text,
    part: z.optional(wholeNumber),
  }),
  /** The load of queues is read, for the conditions that policies name. */
  poll: z.strictObject({ type: z.literal('poll'), ...commonFields, pollAt: instant }),
  /** The name of a queue is looked up, for the policies that name it. */
  'queue-name': z.strictObject({
    type: z.literal('queue-name'),
    id: z.optional(text),
    instanceId: text,
    queueArn: text,
  }),
  /** How many agents of a queue are staffed for expressions of routes is read. */
  staffing: z.strictObject({
    type: z.literal('staffing'),
    id: z.optional(text),
    instanceId: text,
    queueArn: text,
    expressions: z.array(text).check(z.minLength(1)),
  }),
  /** What the contact before it in the transfer chain hands on. Times are milliseconds since the epoch. */
  inherit: z.strictObject({
    type: z.literal('inherit'),
    ...commonFields,
    contactId,
    previousContactId: contactId,
    transfers: wholeNumber,
    firstEnqueuedAt: z.optional(wholeNumber),
    initialContactId: z.optional(contactId),
    isTest: z.optional(z.literal(true)),
    pauses: z.optional(z.array(wholeNumber)),
    resumes: z.optional(z.array(wholeNumber)),
    signals: z.record(signalName, z.strictObject({ at: wholeNumber, until: z.optional(wholeNumber) })),
  }),
} as const;

/** The types of {@link SCHEMAS}. */
export const MESSAGE_TYPES = Object.keys(SCHEMAS);
