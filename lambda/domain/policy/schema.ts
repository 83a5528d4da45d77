import * as z from 'zod/mini';
import { DURATION_FORM, durationSeconds } from '../duration.ts';

/** A duration of zero or more. */
export const durationSchema = z
  .string()
  .check(z.refine((text) => (durationSeconds(text) ?? -1) >= 0, { error: DURATION_FORM }));

/** QueueTimeAdjustmentSeconds is an int32; negative is allowed. */
const MAX_AGE_SECONDS = 2 ** 31 - 1;

const ageSchema = z.string().check(
  z.refine((text) => Math.abs(durationSeconds(text) ?? Number.POSITIVE_INFINITY) <= MAX_AGE_SECONDS, {
    error: `${DURATION_FORM}, with - before it for a negative one`,
  }),
);

const prioritySchema = z.int().check(z.gte(1));

/** What a step or an override sets. That priority and age exclude each other is checked apart. */
export const routingSetSchema = z.strictObject({
  priority: z.optional(prioritySchema),
  age: z.optional(ageSchema),
  routingCriteria: z.optional(z.unknown()),
  route: z.optional(z.unknown()),
});

/** A duration of at least a second. */
export const intervalSchema = z
  .string()
  .check(z.refine((text) => (durationSeconds(text) ?? 0) > 0, { error: `${DURATION_FORM}, at least 1s` }));

/** Shorthand for steps at equal intervals. */
export const rampSchema = z.strictObject({
  priority: z.optional(z.strictObject({ from: prioritySchema, to: prioritySchema })),
  age: z.optional(z.strictObject({ add: intervalSchema, upTo: intervalSchema })),
});

/** Which of the keys of a step go together is checked apart. */
const stepSchema = z.strictObject({
  after: z.optional(durationSchema),
  by: z.optional(durationSchema),
  from: z.optional(durationSchema),
  every: z.optional(intervalSchema),
  when: z.optional(z.unknown()),
  set: z.optional(routingSetSchema),
  ramp: z.optional(rampSchema),
});

/** The structure of a policy, as people write it. */
export const policySchema = z.strictObject({
  description: z.optional(z.string()),
  precedence: z.optional(z.number()),
  mode: z.optional(z.enum(['enforce', 'observe', 'off'])),
  rollout: z.optional(z.number().check(z.gte(0), z.lte(100))),
  match: z.optional(z.unknown()),
  during: z.optional(z.unknown()),
  clock: z.optional(z.enum(['enqueued', 'firstEnqueued', 'initiated'])),
  allowLower: z.optional(z.boolean()),
  steps: z.array(stepSchema).check(z.minLength(1), z.maxLength(50)),
});

/** The settings, as people write them. */
export const settingsSchema = z.strictObject({
  updateRate: z.optional(z.number().check(z.gt(0))),
  updateBurst: z.optional(z.number().check(z.gte(1))),
  updateShare: z.optional(z.number().check(z.gt(0), z.lte(1))),
  describeRate: z.optional(z.number().check(z.gt(0))),
  describeBurst: z.optional(z.number().check(z.gte(1))),
  checkBeforeFirstChange: z.optional(z.boolean()),
  routingLag: z.optional(durationSchema),
  ageAdjustment: z.optional(z.enum(['absolute', 'incremental'])),
  instances: z.optional(z.array(z.string().check(z.minLength(1)))),
  pause: z.optional(z.boolean()),
});

export type RampSource = z.infer<typeof rampSchema>;
export type RoutingSetSource = z.infer<typeof routingSetSchema>;
export type PolicySource = z.infer<typeof policySchema>;
export type SettingsSource = z.infer<typeof settingsSchema>;
