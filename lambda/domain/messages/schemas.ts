import * as z from 'zod/mini';
import { DURATION_FORM } from '../duration.ts';
import { routingSetSchema } from '../policy/schema.ts';
import { durationBetween } from '../validation/duration-schema.ts';

const text = z.string().check(z.minLength(1), z.maxLength(512));
const contactId = z.string().check(z.minLength(1), z.maxLength(256));
const signalName = z.string().check(z.minLength(1), z.maxLength(256));
const freeText = z.string().check(z.maxLength(512));
const duration = durationBetween(1, Number.POSITIVE_INFINITY, DURATION_FORM);
const instant = z.string().check(
  z.refine((given) => Number.isFinite(Date.parse(given)), {
    error: 'a time such as 2026-11-23T12:00:00.000Z',
  }),
);
const commonFields = { id: z.optional(text), instanceId: z.optional(text) };
const operatorFields = { actor: z.optional(freeText), reason: z.optional(freeText) };

/** The schemas of this system's own messages, by type. */
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
  reevaluate: z.strictObject({
    type: z.literal('reevaluate'),
    ...commonFields,
    configuration: z.optional(z.strictObject({ revision: z.int().check(z.gte(1)), id: text })),
  }),
} as const;

/** The types of this system's own messages. */
export const MESSAGE_TYPES = Object.keys(SCHEMAS);
