import { buildPolicies } from '../../lambda/domain/configuration/build-policies.ts';
import type { CompiledConfiguration } from '../../lambda/domain/configuration/compiled.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { defined } from '../../lambda/domain/json.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { QueueState } from '../../lambda/domain/queue/queue-state.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import { updateLimits } from '../../lambda/domain/settings.ts';
import { type ConfigurationInForce, inForceSince } from '../aws/configuration-in-force.ts';
import { stopReasons } from '../parameters/stop-reasons.ts';
import { observes } from './observed.ts';
import { queueLines } from './queue-line.ts';
import type { Calls, DueCount, PolicyLine, SystemState } from './system-state.ts';
import { type WaitingContact, waitingContact } from './waiting-contact.ts';

/** What was read of the table. */
export interface StateSources {
  /** When it was read, in milliseconds since the epoch. */
  readonly at: number;
  readonly version?: string;
  /** The ids of the instances that were given at deployment. */
  readonly instances: readonly string[];
  /** The Region of the deployment. */
  readonly region: string;
  readonly configuration: ConfigurationInForce | undefined;
  /** Of contacts that wait. */
  readonly records: readonly ContactRecord[];
  /** What queues have, by `queueStateKey`. */
  readonly queueStates: ReadonlyMap<string, QueueState>;
  /** Names of queues by their ids, as far as they are known. */
  readonly queueNames: ReadonlyMap<string, string>;
  readonly isPartial: boolean;
  readonly unreadable: number;
}

/** The state of the system, and by what it was decided. */
export interface BuiltState {
  readonly state: SystemState;
  /** The configuration in force, as the handlers decide by it. */
  readonly context: PlanContext;
}

const NO_CONFIGURATION_REASON = 'No configuration has been compiled: nothing is called.';

const NO_CONFIGURATION: Pick<CompiledConfiguration, 'policies' | 'refused'> = { policies: [], refused: [] };

/** The state of the system from what was read. */
export function buildState(sources: StateSources, defaults: PlanContext['settings']): BuiltState {
  const { configuration, at, records, queueStates, queueNames, region, instances } = sources;
  const compiled = configuration?.compiled ?? NO_CONFIGURATION;
  const settings = configuration?.settings ?? defaults;
  const context: PlanContext = { policies: policiesOf(compiled), settings, region, instances };
  const contacts = records.flatMap((record) => waitingContact(record, context, at) ?? []);
  const state: SystemState = {
    at,
    ...defined({
      version: sources.version,
      configuredAt: configuration && inForceSince(configuration.compiled),
    }),
    calls: callsOf(contacts, configuration, settings),
    queues: queueLines(contacts, queueStates, queueNames, at),
    policies: context.policies.policies.flatMap((policy) =>
      policyLine(policy, compiled, records, contacts, at),
    ),
    refused: compiled.refused,
    isPartial: sources.isPartial,
    unreadable: sources.unreadable,
  };
  return { state, context };
}

/** The policies of configurations that were looked at: most looks find the same one. */
const builtPolicies = new WeakMap<object, PolicySet>();

function policiesOf(
  compiled: Pick<CompiledConfiguration, 'policies' | 'calendars' | 'conditions'>,
): PolicySet {
  const policies = builtPolicies.get(compiled) ?? buildPolicies(compiled).policies;
  builtPolicies.set(compiled, policies);
  return policies;
}

function callsOf(
  contacts: readonly WaitingContact[],
  configuration: ConfigurationInForce | undefined,
  settings: PlanContext['settings'],
): Calls {
  const due = contacts.flatMap(({ due: one, coming }) =>
    one ? [{ priority: one.changes.priority ?? coming.priority, since: one.since }] : [],
  );
  const times = due.flatMap(({ since }) => since ?? []);
  const holds = (hold: WaitingContact['holds'][number]) =>
    contacts.filter((contact) => contact.holds.includes(hold)).length;
  return {
    perSecond: updateLimits(settings).ratePerSecond,
    due: countByPriority(due.map(({ priority }) => priority)),
    questions: holds('question'),
    rejected: holds('rejected'),
    reasons: configuration ? stopReasons(configuration).map(({ text }) => text) : [NO_CONFIGURATION_REASON],
    ...defined({
      stopped: configuration ? configuration.stopped : ('no-configuration' as const),
      oldestDueAt: times.length === 0 ? undefined : Math.min(...times),
    }),
  };
}

function countByPriority(priorities: readonly number[]): DueCount[] {
  return [...Map.groupBy(priorities, (priority) => priority)]
    .map(([priority, same]) => ({ priority, count: same.length }))
    .sort((a, b) => a.priority - b.priority);
}

function policyLine(
  { name, mode }: Policy,
  { policies }: Pick<CompiledConfiguration, 'policies'>,
  records: readonly ContactRecord[],
  contacts: readonly WaitingContact[],
  at: number,
): PolicyLine[] {
  const part = policies.find((one) => one.name === name);
  if (!part) return [];
  const { since, version } = part;
  if (mode === 'observe') return [{ name, mode, since, version, ...observes(name, records, contacts) }];
  const governed = contacts.filter(({ policy }) => policy === name);
  return [
    {
      name,
      mode,
      since,
      version,
      governs: governed.length,
      late: governed.filter(({ targetAt }) => targetAt !== undefined && targetAt < at).length,
      escalated: governed.filter((contact) => contact.isEscalated).length,
    },
  ];
}
