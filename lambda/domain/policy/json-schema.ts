import * as z from 'zod/mini';
import { policySchema, settingsSchema } from './schema.ts';

/** What the schemas say of members that are checked by code of their own. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  description: 'For people.',
  precedence: 'Lower is asked first; equal ones by name. Default 100.',
  mode: 'enforce (default), observe (decide and record, call nothing) or off.',
  rollout: 'Percent of contacts governed, 0 to 100; a transfer stays in its arm. Default 100.',
  match: 'An EventBridge event pattern over the contact. Without it the policy governs every contact.',
  during: 'When it governs: timezone, hours (such as "Mon-Fri 08:00-18:00") and except (ISO dates).',
  clock: 'What waiting is measured from: enqueued (default), firstEnqueued or initiated.',
  allowLower: 'Whether it may make a contact less urgent. Default false.',
  steps: 'In order of time; 1 to 50.',
  after: 'Reached when the clock shows that much: 45s, 3m, 1h30m or PT3M.',
  by: 'To be in effect by then: reached one routing lag earlier.',
  from: 'When a ramp begins.',
  every: 'Time between the steps of a ramp.',
  when: 'An EventBridge event pattern; while it does not hold, the step is passed over.',
  set: 'What the step sets: priority or age, and routingCriteria or route.',
  ramp: 'Shorthand for steps at equal intervals.',
  priority: '1 is the most urgent; a new contact has 5.',
  age: 'Total adjustment of the time in queue, such as 5m or -30s.',
  routingCriteria: 'Routing criteria as the API takes them.',
  route:
    'Routing criteria in short: a list such as ["Language:English >= 3 for 45s", "Language:English >= 1"].',
  updateRate: 'UpdateContactRoutingData calls a second granted to the account and Region. Default 20.',
  updateShare: 'The part of it that this system may use. Default 0.9.',
  describeRate: 'DescribeContact calls a second granted. Default 10.',
  checkBeforeFirstChange: 'Ask what a flow has set before the first change. Default true.',
  routingLag: 'How long a change takes to show in a queue. Default 60s.',
  ageAdjustment:
    'absolute (default) or incremental: whether a second age adjustment replaces the first or adds to it.',
  instances: 'Ids of the instances served. Default: those given at deploy.',
  pause: 'The kill switch: decide and record, call nothing. Default false.',
};

/** The JSON Schemas by name, made of what also checks: editors complete and check by them. */
export function jsonSchemas(): Readonly<Record<'policy' | 'settings', object>> {
  return {
    policy: toJsonSchema(policySchema, 'A policy', DESCRIPTIONS),
    settings: toJsonSchema(settingsSchema, 'The settings', DESCRIPTIONS),
  };
}

/** A JSON Schema of what checks. @param descriptions - by the name of the member, wherever it is. */
export function toJsonSchema(
  schema: z.ZodMiniType,
  title: string,
  descriptions: Readonly<Record<string, string>>,
): object {
  return {
    ...z.toJSONSchema(schema, {
      override({ jsonSchema }) {
        const { properties = {} } = jsonSchema;
        for (const [name, member] of Object.entries(properties)) {
          const description = descriptions[name];
          // Members that are checked alike may be one and the same object.
          if (description !== undefined && typeof member === 'object')
            properties[name] = { ...member, description };
        }
      },
    }),
    title: `${title} of connect-escalator`,
  };
}
