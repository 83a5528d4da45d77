import { type Condition, needsMetrics, type QueueLoad } from '../domain/condition/condition.ts';
import { holdOn, type Measured, nextConditions } from '../domain/condition/held-conditions.ts';
import { POLL_INTERVAL_SECONDS } from '../domain/deployment-constants.ts';
import { sameJson } from '../domain/json.ts';
import { instanceOfQueue } from '../domain/messages/addressee.ts';
import { queueStateKey } from '../domain/queue/queue-state.ts';
import { countWaiting, type WaitingQueue } from './count-waiting.ts';
import type { Configuration, ContactStore, LoadMetrics, QueueStateStore, Telemetry } from './ports.ts';
import { type ChangeQueuePorts, changeQueueState } from './queue-state.ts';

/** What a poll needs from outside. */
export interface PollPorts extends ChangeQueuePorts {
  readonly contacts: Pick<ContactStore, 'queued'>;
  readonly queueStates: QueueStateStore;
  readonly metrics: LoadMetrics;
  readonly telemetry: Pick<Telemetry, 'loadUnreadable'>;
  /** Instance ids given at deploy. */
  readonly instances: readonly string[];
}

/** Queues whose states are read and written side by side. */
const PARALLEL = 20;

/** Queues in one request of the metrics. */
const MAX_QUEUES = 100;

/**
 * Reads the load of queues, and decides which conditions hold for each. Where one begins or ends, the contacts that wait
 * there are reconciled. A poll that comes when the next one is due does nothing, nor does one while the kill switch is on.
 *
 * @param at - when the poll was due, in milliseconds since the epoch.
 * @throws what the table answers. What Connect does not answer is reported, and the conditions keep their state for a
 *   minute.
 */
export async function pollQueues(at: number, configuration: Configuration, ports: PollPorts): Promise<void> {
  const { conditions = [], settings } = configuration;
  const now = ports.clock.now();
  if (conditions.length === 0 || settings.pause || now >= at + POLL_INTERVAL_SECONDS * 1_000) return;
  const counted = await readable(() => countWaiting(now, ports), ports);
  for (const instanceId of settings.instances ?? ports.instances) {
    await pollInstance(instanceId, conditions, counted, ports);
  }
}

/** @param counted - the queues in which contacts wait, by their keys; undefined: they could not be read. */
async function pollInstance(
  instanceId: string,
  conditions: readonly Condition[],
  counted: ReadonlyMap<string, WaitingQueue> | undefined,
  ports: PollPorts,
): Promise<void> {
  const waiting = new Map([...(counted ?? [])].filter(([, queue]) => queue.instanceId === instanceId));
  const { named, unresolved } = await queuesByCondition(instanceId, conditions, ports);
  const keysOf = (condition: Condition) => named.get(condition) ?? [...waiting.keys()];
  const metrics = await metricsByChannel(instanceId, conditions, keysOf, ports);
  const loadOf = (condition: Condition, key: string): QueueLoad | undefined => {
    if (!needsMetrics(condition)) return counted && (waiting.get(key) ?? NO_LOAD);
    const known = metrics.get(condition.channel);
    return known && (known.get(key) ?? NO_LOAD);
  };
  const keys = [...new Set([...waiting.keys(), ...conditions.flatMap(keysOf)])];
  for (let from = 0; from < keys.length; from += PARALLEL) {
    await Promise.all(
      keys.slice(from, from + PARALLEL).map((key) => {
        const measured = conditions.flatMap((condition): Measured[] => {
          if (keysOf(condition).includes(key)) return [{ condition, load: loadOf(condition, key) }];
          const isUnknown = unresolved.has(condition) || (!condition.queues && !counted);
          return isUnknown ? [{ condition, load: undefined }] : [];
        });
        return updateConditions(key, waiting.get(key)?.arn, measured, ports);
      }),
    );
  }
}

/** Of a queue that Connect or the index leaves out. */
const NO_LOAD: QueueLoad = { waiting: 0, oldestSeconds: 0, agentsStaffed: 0, agentsAvailable: 0 };

/** Which queues conditions name. */
interface NamedQueues {
  /** Their keys, as far as they are known; of conditions that name none they are absent. */
  readonly named: ReadonlyMap<Condition, readonly string[]>;
  /** The conditions that name queues whose names could not be read: they may be of any queue. */
  readonly unresolved: ReadonlySet<Condition>;
}

async function queuesByCondition(
  instanceId: string,
  conditions: readonly Condition[],
  ports: PollPorts,
): Promise<NamedQueues> {
  const isName = (queue: string) => !queue.startsWith('arn:');
  const byName = conditions.filter(({ queues = [] }) => queues.some(isName));
  const names =
    byName.length > 0 ? await readable(() => ports.metrics.queueNames(instanceId), ports) : undefined;
  const ids = names && idsByName(names);
  const named = new Map(
    conditions.flatMap((condition) => {
      if (!condition.queues) return [];
      const keys = condition.queues.flatMap((queue) => {
        if (isName(queue)) return ids?.get(queue) ?? [];
        return instanceOfQueue(queue) === instanceId ? queueStateKey(queue) : [];
      });
      return [[condition, [...new Set(keys)]] as const];
    }),
  );
  return { named, unresolved: new Set(ids ? [] : byName) };
}

/** The ids of queues, each by its name and by the id itself. */
function idsByName(names: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...names].flatMap(([id, name]) => [[id, id] as const, [name, id] as const]));
}

/** The loads by channel, as far as conditions need them. Of a channel that could not be read there are none. */
async function metricsByChannel(
  instanceId: string,
  conditions: readonly Condition[],
  keysOf: (condition: Condition) => readonly string[],
  ports: PollPorts,
): Promise<ReadonlyMap<Condition['channel'], ReadonlyMap<string, QueueLoad>>> {
  const byChannel = Map.groupBy(conditions.filter(needsMetrics), ({ channel }) => channel);
  const loads = new Map<Condition['channel'], ReadonlyMap<string, QueueLoad>>();
  for (const [channel, ofChannel] of byChannel) {
    const keys = [...new Set(ofChannel.flatMap(keysOf))];
    const read = await readable(async () => {
      const found = new Map<string, QueueLoad>();
      for (let from = 0; from < keys.length; from += MAX_QUEUES) {
        const part = await ports.metrics.loads(instanceId, keys.slice(from, from + MAX_QUEUES), channel);
        for (const [key, load] of part) found.set(key, load);
      }
      return found;
    }, ports);
    if (read) loads.set(channel, read);
  }
  return loads;
}

/**
 * Stores which conditions hold for a queue now.
 *
 * @param arn - undefined: nobody waits there.
 */
async function updateConditions(
  key: string,
  arn: string | undefined,
  measured: readonly Measured[],
  ports: PollPorts,
): Promise<void> {
  await changeQueueState(
    key,
    (state, now) => {
      const { conditions: before = {} } = state;
      const conditions = nextConditions(before, measured, now);
      return sameJson(before, conditions) ? undefined : { ...state, conditions };
    },
    // Who waits there looks at a beginning and an end, not at a condition that goes on.
    ({ conditions: before = {} }, { conditions: after = {} }) =>
      arn === undefined || holdOn(before, after) ? [] : [arn],
    ports,
  );
}

/** What an operation returns; undefined where it fails, which is reported. */
async function readable<T>(
  operation: () => Promise<T>,
  { telemetry }: Pick<PollPorts, 'telemetry'>,
): Promise<T | undefined> {
  try {
    return await operation();
  } catch (error) {
    telemetry.loadUnreadable(error);
    return undefined;
  }
}
