import * as z from 'zod/mini';
import { DURATION_FORM, durationSeconds } from '../duration.ts';
import { MAX_AGE_SECONDS } from '../routing/routing.ts';
import { durationBetween, durationSchema, intervalSchema } from '../validation/duration-schema.ts';
import { WARNING_CODES, type WarningCode } from './warnings/codes.ts';

const ageSchema = durationBetween(
  -MAX_AGE_SECONDS,
  MAX_AGE_SECONDS,
  `${DURATION_FORM}, with - before it for a negative one`,
);

const TARGET_FORM = `${DURATION_FORM}, at least 1s, or the word horizon`;

const prioritySchema = z.int().check(z.gte(1));

/**
 * The routing that a step or an override sets. `validateRoutingSet` checks what this schema cannot express.
 */
export const routingSetSchema = z.strictObject(
  {
    priority: z.optional(prioritySchema),
    age: z.optional(ageSchema),
    routingCriteria: z.optional(z.unknown()),
    route: z.optional(z.unknown()),
  },
  'an object such as { priority: 1 }',
);

const rampSchema = z.strictObject(
  {
    priority: z.optional(
      z.strictObject({ from: prioritySchema, to: prioritySchema }, 'an object such as { from: 4, to: 1 }'),
    ),
    age: z.optional(
      z.strictObject(
        { add: intervalSchema, upTo: intervalSchema },
        'an object such as { add: 30s, upTo: 10m }',
      ),
    ),
  },
  'an object such as { priority: { from: 4, to: 1 } }',
);

/** A step or a ramp. `validateSteps` checks which keys go together. */
const stepSchema = z.strictObject(
  {
    after: z.optional(durationSchema),
    by: z.optional(durationSchema),
    from: z.optional(durationSchema),
    every: z.optional(intervalSchema),
    when: z.optional(z.unknown()),
    set: z.optional(routingSetSchema),
    ramp: z.optional(rampSchema),
  },
  'an object such as { after: 90s, set: { priority: 1 } }',
);

/** A duration of at least a second, or `horizon`. */
const targetSchema = z
  .string({ error: TARGET_FORM })
  .check(z.refine((text) => text === 'horizon' || (durationSeconds(text) ?? 0) >= 1));

const reasonSchema = z
  .string()
  .check(z.refine((reason) => reason.trim() !== '', { error: 'the reason why the warning is accepted' }));

/** The warnings that are accepted, by code. */
const acceptSchema = z.strictObject(
  Object.fromEntries(WARNING_CODES.map((code) => [code, z.optional(reasonSchema)])) as {
    [Code in WarningCode]: z.ZodMiniOptional<typeof reasonSchema>;
  },
  'an object such as { may-starve: "Chats are answered by others." }',
);

const ONE_STEP = 'at least one step, such as { after: 90s, set: { priority: 1 } }';

/** The schema of a policy as people write it. Patterns, hours, clocks and routes have checks of their own. */
export const policySchema = z.strictObject({
  description: z.optional(z.string()),
  precedence: z.optional(z.number()),
  mode: z.optional(z.enum(['enforce', 'observe', 'off'])),
  rollout: z.optional(z.number().check(z.gte(0), z.lte(100))),
  match: z.optional(z.unknown()),
  during: z.optional(z.unknown()),
  clock: z.optional(z.unknown()),
  paused: z.optional(z.enum(['stops', 'counts'])),
  target: z.optional(targetSchema),
  allowLower: z.optional(z.boolean()),
  skipUnstaffed: z.optional(z.boolean()),
  accept: z.optional(acceptSchema),
  steps: z.optional(z.array(stepSchema).check(z.minLength(1, ONE_STEP), z.maxLength(50))),
});

export type RoutingSetSource = z.infer<typeof routingSetSchema>;
export type PolicySource = z.infer<typeof policySchema>;
