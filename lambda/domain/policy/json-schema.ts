import * as z from 'zod/mini';
import { conditionSchema } from '../condition/schema.ts';
import { horizonSchema } from '../horizon.ts';
import { settingsSchema } from '../settings.ts';
import { objectToZod, toZod } from '../validation/to-zod.ts';
import { CLOCK_STARTS } from './clock.ts';
import { policySchema } from './schema.ts';

/** By the name of the member, wherever it occurs; where it differs below another member, by both names. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  description: 'A text for people.',
  precedence:
    'Policies with lower numbers are evaluated first, those with equal numbers by name. Default 100.',
  mode: 'enforce (default), observe (record what it would set, change nothing) or off.',
  rollout:
    'The percentage of contacts that the policy governs, 0 to 100. Transfers keep the result. Default 100.',
  match: 'An EventBridge event pattern over the contact. Without it, the policy governs every contact.',
  during:
    'The hours in which the policy governs: the name of a calendar; or timezone, hours ("Mon-Fri 08:00-18:00") and except (ISO dates).',
  clock:
    'The start of the clock: enqueued (default), firstEnqueued or initiated; or { from, in }, with the calendar whose open hours count.',
  'clock.from': 'The start of the clock. Default enqueued.',
  'clock.in': 'The name of a calendar, or its hours: the clock counts its open hours only.',
  timezone: 'A name from the IANA time zone database, such as Europe/Berlin.',
  hours: 'Days and hours, such as "Mon-Fri 08:00-18:00" or "Fri 22:00-06:00".',
  except: 'Dates whose hours do not count, such as 2026-12-25.',
  target:
    'The wait within which the contact should be answered, such as 3m: Connect answers those that are due first first. The word horizon: the place of the whole transfer chain alone.',
  paused:
    'Whether the time for which a task is paused counts: stops (default; the clock stands still) or counts.',
  allowLower: 'Whether the policy may make a contact less urgent. Default false.',
  skipUnstaffed:
    'Whether steps of a route are left out for which no agent is staffed, where that is known. Default false.',
  accept: 'The warnings that are accepted, by code, each with the reason.',
  steps: 'In order of time; 1 to 50.',
  after: 'The step is reached when the clock shows this time: 45s, 3m, 1h30m or PT3M.',
  by: 'The step takes effect by this time: it is reached one routing lag earlier.',
  from: 'The time at which a ramp begins.',
  every: 'The time between the steps of a ramp.',
  when: 'An EventBridge event pattern. The step is skipped while the contact does not match.',
  set: 'The routing that the step sets: priority or age, and routingCriteria or route.',
  ramp: 'A shorthand for steps at equal intervals.',
  priority: '1 is the most urgent; a new contact has 5.',
  age: 'The total adjustment of the time in queue, such as 5m or -30s.',
  routingCriteria: 'Routing criteria as the Amazon Connect API takes them.',
  route:
    'Routing criteria in short: a list such as ["agents {tags.agentId} for 45s", "Language:English >= 3"].',
  'ramp.priority': 'Steps by one from a priority to another: { from: 4, to: 1 }.',
  'priority.from': 'The priority of the first step.',
  'priority.to': 'The priority of the last step.',
  'ramp.age': 'Steps that add to the age: { add: 30s, upTo: 10m }.',
  'age.add': 'What each step adds to the age.',
  'age.upTo': 'The age of the last step.',
  updateRate:
    'The quota of UpdateContactRoutingData, in calls per second for the account and Region. Default 20.',
  updateBurst: 'The calls of UpdateContactRoutingData that the quota allows at once. Default 20.',
  updateShare: 'The share of both quotas that this system may use. Default 0.9.',
  describeRate: 'The quota of DescribeContact, in calls per second. Default 10.',
  describeBurst: 'The calls of DescribeContact that the quota allows at once. Default 15.',
  checkBeforeFirstChange:
    'Whether to describe a contact before its first change, to learn what the flow has set. Default true.',
  routingLag: 'The time that a change takes to show in a queue. Default 60s.',
  ageAdjustment:
    'absolute (default) or incremental: whether a second age adjustment replaces the first or adds to it.',
  instances: 'The ids of the instances served. Default: the instances given at deployment.',
  horizon:
    'When contacts without a target count as due: a duration, or one for each channel, such as { default: 30m, EMAIL: 3d }. Default 30m.',
  agents:
    'Lists of ids of users by name, for routes: { billing-seniors: [id, id] } is named in "agents @billing-seniors for 45s".',
  pause: 'The kill switch: decide and record, call nothing. Default false.',
  adopt:
    'Whether to look by SearchContacts, every 15 minutes, for waiting contacts that no record knows. Default false.',
  testContacts: 'Whether to act on contacts of Connect’s own tests, too. Default false.',
  events: 'The events that are sent to EventBridge. Default [rejected, missed].',
};

/** Of the members of conditions, where they differ. */
const CONDITION_DESCRIPTIONS: Readonly<Record<string, string>> = {
  queues: 'Names, ids or ARNs of queues. Default: every queue in which contacts wait.',
  channel: 'The channel whose contacts count: VOICE, CHAT or TASK. Default: all together.',
  when: 'An event pattern over waiting, oldestSeconds, agentsStaffed and agentsAvailable: the condition begins.',
  until: 'A pattern likewise: the condition ends. Default: as soon as `when` does not match.',
};

/** A calendar as people write it. `parseCalendar` checks what this schema cannot express. */
const calendarSchema = z.strictObject({
  timezone: z.string(),
  hours: z.array(z.string()).check(z.minLength(1), z.maxLength(50)),
  except: z.optional(z.array(z.string())),
});

const namedCalendarSchema = z.union([z.string(), calendarSchema]);

/** A policy, with the fields that have checks of their own as editors should complete them. */
const editedPolicySchema = z.extend(objectToZod(policySchema), {
  during: z.optional(namedCalendarSchema),
  clock: z.optional(
    z.union([
      z.enum(CLOCK_STARTS),
      z.strictObject({ from: z.optional(z.enum(CLOCK_STARTS)), in: namedCalendarSchema }),
    ]),
  ),
});

const editedSettingsSchema = z.extend(objectToZod(settingsSchema), {
  agents: z.optional(z.record(z.string(), z.array(z.string()).check(z.minLength(1), z.maxLength(100)))),
  horizon: z.optional(z.union([z.string(), toZod(horizonSchema)])),
});

/** The JSON Schemas with which editors complete and check policies, calendars, conditions and settings, by name. */
export function jsonSchemas(): Readonly<Record<'policy' | 'calendar' | 'condition' | 'settings', object>> {
  return {
    policy: {
      ...toJsonSchema(editedPolicySchema, 'A policy', DESCRIPTIONS),
      anyOf: [{ required: ['steps'] }, { required: ['target'] }],
    },
    calendar: toJsonSchema(calendarSchema, 'A calendar', DESCRIPTIONS),
    condition: toJsonSchema(toZod(conditionSchema), 'A condition', {
      ...DESCRIPTIONS,
      ...CONDITION_DESCRIPTIONS,
    }),
    settings: toJsonSchema(editedSettingsSchema, 'The settings', DESCRIPTIONS),
  };
}

/**
 * Converts a schema to a JSON Schema.
 *
 * @param descriptions - the descriptions of members, by name, wherever they occur; `clock.from` is `from` below `clock`
 *   alone.
 */
export function toJsonSchema(
  schema: z.ZodMiniType,
  title: string,
  descriptions: Readonly<Record<string, string>>,
): object {
  return {
    ...z.toJSONSchema(schema, {
      override({ jsonSchema, path }) {
        const { properties = {} } = jsonSchema;
        const above = path[path.lastIndexOf('properties') + 1];
        for (const [name, member] of Object.entries(properties)) {
          const description = descriptions[`${above}.${name}`] ?? descriptions[name];
          // A copy, since members with the same schema may share one object.
          if (description !== undefined && typeof member === 'object')
            properties[name] = { ...member, description };
        }
      },
    }),
    title: `${title} of connect-escalator`,
  };
}
