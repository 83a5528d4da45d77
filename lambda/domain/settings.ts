import { type AgentLists, agentListProblems } from './agent-lists.ts';
import { DURATION_FORM, durationSeconds } from './duration.ts';
import { DEFAULT_HORIZON, type Horizon, parseHorizon } from './horizon.ts';
import { isInstanceId } from './item-keys.ts';
import { defined, isObject } from './json.ts';
import { EVENT_NAMES, type EventName } from './outgoing-events/outgoing-event.ts';
import type { AgeAdjustment } from './routing/routing.ts';
import type { QuotaLimits } from './routing/token-bucket.ts';
import { durationBetween } from './validation/duration-schema.ts';
import type { Problem } from './validation/problem.ts';
import * as s from './validation/schema.ts';
import { schemaProblems } from './validation/schema-problems.ts';

/** How the system works in one account and Region. */
export interface Settings {
  /** The quota of UpdateContactRoutingData, in calls per second for the account and Region. Default 20. */
  readonly updateRate: number;
  /** Default 20. */
  readonly updateBurst: number;
  /** The share of both rates that this system may use, above 0 up to 1. Default 0.9. */
  readonly updateShare: number;
  /** The quota of DescribeContact, in calls per second. Default 10. */
  readonly describeRate: number;
  /** Default 15. */
  readonly describeBurst: number;
  /** Whether to describe a contact before its first change, to learn what the flow has set. Default true. */
  readonly checkBeforeFirstChange: boolean;
  /** Seconds from a call until its effect shows in a queue. Default 60. */
  readonly routingLagSeconds: number;
  /** Default absolute. */
  readonly ageAdjustment: AgeAdjustment;
  /** The ids of the instances served; undefined: the instances given at deployment. */
  readonly instances?: readonly string[];
  /** The kill switch: while it is on, the system decides and records, and calls nothing. Default false. */
  readonly pause: boolean;
  /** Whether to act on contacts of Connect's own tests, too. Default false. */
  readonly testContacts: boolean;
  /** Whether the sweep looks by SearchContacts, every 15 minutes, for contacts that wait unknown. Default false. */
  readonly adopt: boolean;
  /** When contacts without a target count as due. Default half an hour. */
  readonly horizon: Horizon;
  /** Lists of agents for routes: ids of users by the name of the list. Default: none. */
  readonly agents: AgentLists;
  /** The events that are sent to EventBridge. Default rejected and missed. */
  readonly events: readonly EventName[];
}

/** The default settings. Rates and bursts are those that AWS documents for a new account. */
export const DEFAULT_SETTINGS: Settings = {
  updateRate: 20,
  updateBurst: 20,
  updateShare: 0.9,
  describeRate: 10,
  describeBurst: 15,
  checkBeforeFirstChange: true,
  routingLagSeconds: 60,
  ageAdjustment: 'absolute',
  pause: false,
  testContacts: false,
  adopt: false,
  horizon: DEFAULT_HORIZON,
  agents: {},
  events: ['rejected', 'missed'],
};

/** What people write for every instance, and what no instance has as its id. */
const NO_INSTANCE = /^(?:all|any|every|none)$/i;
const UPPER_CASE_UUID = /^(?=.*[A-F])[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}$/;

const instanceIdSchema = s.string().check(
  s.minLength(1),
  s.refine(
    (id) => id === '' || (/^[\w-]*$/.test(id) && !NO_INSTANCE.test(id) && isInstanceId(id)),
    'the id of an instance: the last part of its ARN, without spaces; leave out "instances" to serve all ' +
      'that were given at deployment',
  ),
  s.refine((id) => !UPPER_CASE_UUID.test(id), 'the id of an instance in lower case, as Connect writes it'),
);

/**
 * Calls per second, or at once: five hundred times what AWS grants by default. A number beyond it is a typing error, and one
 * far beyond it nothing that the state of the quotas can hold.
 */
const MAX_RATE = 10_000;

/** An effect that shows later than this helps no caller. */
const MAX_ROUTING_LAG_SECONDS = 3_600;

/** What an account may have: https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html */
const MAX_INSTANCES = 100;

/** More than there are: a repeat does no harm. */
const MAX_EVENTS = 20;

const rateSchema = s.number().check(s.gt(0), s.lte(MAX_RATE));
const burstSchema = s.number().check(s.gte(1), s.lte(MAX_RATE));

const ONE_INSTANCE =
  'the id of at least one instance; without "instances", all that were given at deployment are served';

/** The schema of settings as people write them. The horizon and the lists of agents have checks of their own. */
export const settingsSchema = s.strictObject({
  updateRate: s.optional(rateSchema),
  updateBurst: s.optional(burstSchema),
  updateShare: s.optional(s.number().check(s.gt(0), s.lte(1))),
  describeRate: s.optional(rateSchema),
  describeBurst: s.optional(burstSchema),
  checkBeforeFirstChange: s.optional(s.boolean()),
  routingLag: s.optional(
    durationBetween(0, MAX_ROUTING_LAG_SECONDS, `${DURATION_FORM}; of this setting at most 1h`),
  ),
  ageAdjustment: s.optional(s.oneOf(['absolute', 'incremental'])),
  instances: s.optional(
    s.array(instanceIdSchema).check(s.minLength(1, ONE_INSTANCE), s.maxLength(MAX_INSTANCES)),
  ),
  pause: s.optional(s.boolean()),
  testContacts: s.optional(s.boolean()),
  adopt: s.optional(s.boolean()),
  horizon: s.optional(s.unknown()),
  agents: s.optional(s.unknown()),
  events: s.optional(s.array(s.oneOf(EVENT_NAMES)).check(s.maxLength(MAX_EVENTS))),
});

type SettingsSource = s.Infer<typeof settingsSchema>;

/** Valid settings, or all problems. */
export type SettingsResult<P extends Problem> =
  | { readonly settings: Settings; readonly problems: readonly [] }
  | { readonly settings?: undefined; readonly problems: readonly P[] };

/**
 * Checks settings that were read from JSON or YAML. Members that are missing have their defaults. Never throws;
 * reports every problem at once, each with its path alone.
 */
export function settingsFromSource(value: unknown): SettingsResult<Problem> {
  const { horizon, problems: horizonProblems } = parseHorizon(isObject(value) ? value.horizon : undefined, [
    'horizon',
  ]);
  const agentProblems = agentListProblems(isObject(value) ? value.agents : undefined, ['agents']);
  const problems = [...schemaProblems(settingsSchema, value), ...horizonProblems, ...agentProblems];
  if (problems.length > 0) return { problems };
  const { routingLag, ...source } = value as SettingsSource & { readonly agents?: AgentLists };
  const routingLagSeconds = routingLag === undefined ? undefined : durationSeconds(routingLag);
  return {
    settings: { ...DEFAULT_SETTINGS, ...source, horizon, ...defined({ routingLagSeconds }) },
    problems: [],
  };
}

/** The part of the UpdateContactRoutingData quota that this system may use. */
export function updateLimits(settings: Settings): QuotaLimits {
  return { ratePerSecond: settings.updateRate * settings.updateShare, burst: settings.updateBurst };
}

/** The part of the DescribeContact quota that this system may use: the same share as of updates. */
export function describeLimits(settings: Settings): QuotaLimits {
  return { ratePerSecond: settings.describeRate * settings.updateShare, burst: settings.describeBurst };
}
