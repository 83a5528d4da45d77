import { DURATION_FORM, durationSeconds } from '../duration.ts';
import { MAX_AGE_SECONDS } from '../routing/routing.ts';
import { durationBetween, durationSchema, intervalSchema } from '../validation/duration-schema.ts';
import * as s from '../validation/schema.ts';
import { WARNING_CODES, type WarningCode } from './warnings/codes.ts';

const ageSchema = durationBetween(
  -MAX_AGE_SECONDS,
  MAX_AGE_SECONDS,
  `${DURATION_FORM}, with - before it for a negative one`,
);

const TARGET_FORM = `${DURATION_FORM}, at least 1s, or the word horizon`;

const prioritySchema = s.int().check(s.gte(1));

/**
 * The routing that a step or an override sets. `validateRoutingSet` checks what this schema cannot express.
 */
export const routingSetSchema = s.strictObject(
  {
    priority: s.optional(prioritySchema),
    age: s.optional(ageSchema),
    routingCriteria: s.optional(s.unknown()),
    route: s.optional(s.unknown()),
  },
  'an object such as { priority: 1 }',
);

const rampSchema = s.strictObject(
  {
    priority: s.optional(
      s.strictObject({ from: prioritySchema, to: prioritySchema }, 'an object such as { from: 4, to: 1 }'),
    ),
    age: s.optional(
      s.strictObject(
        { add: intervalSchema, upTo: intervalSchema },
        'an object such as { add: 30s, upTo: 10m }',
      ),
    ),
  },
  'an object such as { priority: { from: 4, to: 1 } }',
);

/** A step or a ramp. `validateSteps` checks which keys go together. */
const stepSchema = s.strictObject(
  {
    after: s.optional(durationSchema),
    by: s.optional(durationSchema),
    from: s.optional(durationSchema),
    every: s.optional(intervalSchema),
    when: s.optional(s.unknown()),
    set: s.optional(routingSetSchema),
    ramp: s.optional(rampSchema),
  },
  'an object such as { after: 90s, set: { priority: 1 } }',
);

/** A duration of at least a second, or `horizon`. */
const targetSchema = s
  .string(TARGET_FORM)
  .check(s.refine((text) => text === 'horizon' || (durationSeconds(text) ?? 0) >= 1));

const reasonSchema = s
  .string()
  .check(s.refine((reason) => reason.trim() !== '', 'the reason why the warning is accepted'));

/** The warnings that are accepted, by code. */
const acceptSchema = s.strictObject(
  Object.fromEntries(WARNING_CODES.map((code) => [code, s.optional(reasonSchema)])) as {
    [Code in WarningCode]: s.OptionalSchema<string>;
  },
  'an object such as { may-starve: "Chats are answered by others." }',
);

const ONE_STEP = 'at least one step, such as { after: 90s, set: { priority: 1 } }';

/** The schema of a policy as people write it. Patterns, hours, clocks and routes have checks of their own. */
export const policySchema = s.strictObject({
  description: s.optional(s.string()),
  precedence: s.optional(s.number()),
  mode: s.optional(s.oneOf(['enforce', 'observe', 'off'])),
  rollout: s.optional(s.number().check(s.gte(0), s.lte(100))),
  match: s.optional(s.unknown()),
  during: s.optional(s.unknown()),
  clock: s.optional(s.unknown()),
  paused: s.optional(s.oneOf(['stops', 'counts'])),
  target: s.optional(targetSchema),
  allowLower: s.optional(s.boolean()),
  skipUnstaffed: s.optional(s.boolean()),
  accept: s.optional(acceptSchema),
  steps: s.optional(s.array(stepSchema).check(s.minLength(1, ONE_STEP), s.maxLength(50))),
});

export type RoutingSetSource = s.Infer<typeof routingSetSchema>;
export type PolicySource = s.Infer<typeof policySchema>;
