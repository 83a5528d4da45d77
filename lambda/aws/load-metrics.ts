import {
  type ConnectClient,
  type CurrentMetricResult,
  GetCurrentMetricDataCommand,
  InvalidParameterException,
  paginateListQueues,
  ResourceNotFoundException,
} from '@aws-sdk/client-connect';
import type { Condition, QueueLoad } from '../domain/condition/condition.ts';
import { canonicalJson, defined } from '../domain/json.ts';
import type { LoadMetrics } from '../flow/ports.ts';

/** The metrics by the members of a load. Connect cuts none of them: they are 5 to 10 seconds old. */
const METRICS = {
  waiting: { Name: 'CONTACTS_IN_QUEUE', Unit: 'COUNT' },
  oldestSeconds: { Name: 'OLDEST_CONTACT_AGE', Unit: 'SECONDS' },
  agentsStaffed: { Name: 'AGENTS_STAFFED', Unit: 'COUNT' },
  agentsAvailable: { Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' },
} as const satisfies Record<keyof QueueLoad, object>;

/** Names of queues are read again after an hour. */
const NAMES_MAX_AGE_MS = 3_600_000;

/** Where they lack a queue, after a minute: it may be new. */
const LACKING_MAX_AGE_MS = 60_000;

/** Agents are counted once in this time by one process: all of them share five calls a second with the conditions. */
const STAFFED_INTERVAL_MS = 1_000;

/** So many requests find one queue of a hundred that is refused, beside some that it takes to read the others. */
const MAX_REQUESTS = 20;

/** Where none of so many is answered, no single queue is the cause. */
const MAX_UNANSWERED = 9;

/** A queue that is refused is asked for again after this time. */
const REFUSED_MS = 3_600_000;

/** GetCurrentMetricData and ListQueues of Amazon Connect. */
export class ConnectLoadMetrics implements LoadMetrics {
  readonly #client: ConnectClient;
  readonly #now: () => number;
  readonly #names = new Map<
    string,
    { readonly names: ReadonlyMap<string, string>; readonly readAt: number }
  >();

  /** Until when queues are not asked for again that Connect refuses, by id, in milliseconds since the epoch. */
  readonly #refusedUntil = new Map<string, number>();
  #staffedAt = Number.NEGATIVE_INFINITY;

  /** @param now - milliseconds since the epoch. */
  constructor(client: ConnectClient, now: () => number = Date.now) {
    this.#client = client;
    this.#now = now;
  }

  /** Of queues that Connect refuses there are no loads either: one that was deleted takes none of the others away. */
  async loads(
    instanceId: string,
    queueIds: readonly string[],
    channel: Condition['channel'],
  ): Promise<ReadonlyMap<string, QueueLoad>> {
    const loads = new Map<string, QueueLoad>();
    const isRefused = (id: string) => this.#now() < (this.#refusedUntil.get(id) ?? Number.NEGATIVE_INFINITY);
    const open = [queueIds.filter((id) => !isRefused(id))];
    const refused: string[] = [];
    let refusal: unknown;
    let requests = 0;
    let isAnswered = false;
    for (let ids = open.at(-1); ids !== undefined; ids = open.at(-1)) {
      // What is open then was not read.
      if (requests === MAX_REQUESTS || (requests === MAX_UNANSWERED && !isAnswered)) break;
      open.pop();
      if (ids.length === 0) continue;
      requests += 1;
      try {
        for (const [id, load] of await this.#loads(instanceId, ids, channel)) loads.set(id, load);
        isAnswered = true;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refusal ??= error;
        const half = Math.ceil(ids.length / 2);
        if (ids.length === 1) refused.push(...ids);
        else open.push(ids.slice(0, half), ids.slice(half));
      }
      // Where nothing is answered, it is not these queues that are refused.
      if (!isAnswered) continue;
      for (const id of refused.splice(0)) this.#refusedUntil.set(id, this.#now() + REFUSED_MS);
    }
    if (refusal !== undefined && (!isAnswered || open.length > 0)) throw refusal;
    return loads;
  }

  async #loads(
    instanceId: string,
    queueIds: readonly string[],
    channel: Condition['channel'],
  ): Promise<ReadonlyMap<string, QueueLoad>> {
    const loads = new Map<string, QueueLoad>();
    let nextToken: string | undefined;
    do {
      const { MetricResults = [], NextToken } = await this.#client.send(
        new GetCurrentMetricDataCommand({
          InstanceId: instanceId,
          Filters: defined({
            Queues: [...queueIds],
            Channels: channel === undefined ? undefined : [channel],
          }),
          Groupings: ['QUEUE'],
          CurrentMetrics: Object.values(METRICS),
          MaxResults: 100,
          NextToken: nextToken,
        }),
      );
      for (const result of MetricResults) {
        const id = result.Dimensions?.Queue?.Id;
        if (id !== undefined) loads.set(id, loadOf(result));
      }
      nextToken = NextToken;
    } while (nextToken !== undefined);
    return loads;
  }

  async staffed(
    instanceId: string,
    queueId: string,
    expressions: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const now = this.#now();
    if (now < this.#staffedAt + STAFFED_INTERVAL_MS) return new Map();
    this.#staffedAt = now;
    // There are 50 expressions at most, so one page has them all.
    const { MetricResults = [] } = await this.#client.send(
      new GetCurrentMetricDataCommand({
        InstanceId: instanceId,
        Filters: { Queues: [queueId], RoutingStepExpressions: [...expressions] },
        Groupings: ['ROUTING_STEP_EXPRESSION'],
        CurrentMetrics: [METRICS.agentsStaffed],
        MaxResults: 100,
      }),
    );
    return new Map(
      MetricResults.flatMap(({ Dimensions, Collections = [] }) => {
        const expression = canonicalText(Dimensions?.RoutingStepExpression);
        const figure = Collections.find(({ Metric }) => Metric?.Name === METRICS.agentsStaffed.Name)?.Value;
        return expression === undefined || figure === undefined ? [] : [[expression, figure] as const];
      }),
    );
  }

  async queueNames(instanceId: string, wanted?: string): Promise<ReadonlyMap<string, string>> {
    const known = this.#names.get(instanceId);
    const lacks = wanted !== undefined && !known?.names.has(wanted);
    const maxAgeMs = lacks ? LACKING_MAX_AGE_MS : NAMES_MAX_AGE_MS;
    if (known && this.#now() < known.readAt + maxAgeMs) return known.names;
    const names = new Map<string, string>();
    const pages = paginateListQueues(
      { client: this.#client, pageSize: 1_000 },
      { InstanceId: instanceId, QueueTypes: ['STANDARD'] },
    );
    for await (const { QueueSummaryList = [] } of pages) {
      for (const { Id, Name } of QueueSummaryList) {
        if (Id !== undefined && Name !== undefined) names.set(Id, Name);
      }
    }
    this.#names.set(instanceId, { names, readAt: this.#now() });
    return names;
  }
}

/** Whether Connect refuses what was asked for. That of many queues one is unknown is such a case; nobody says which. */
function isRefusal(error: unknown): boolean {
  return error instanceof ResourceNotFoundException || error instanceof InvalidParameterException;
}

/** Connect may write the members of an expression in another order. */
function canonicalText(expression: string | undefined): string | undefined {
  if (expression === undefined) return undefined;
  try {
    return canonicalJson(JSON.parse(expression));
  } catch {
    return undefined;
  }
}

/** What Connect has no value for counts as 0, as it does for a queue that it leaves out. */
function loadOf({ Collections = [] }: CurrentMetricResult): QueueLoad {
  const values = new Map(Collections.map(({ Metric, Value }) => [Metric?.Name, Value]));
  const value = (member: keyof QueueLoad) => values.get(METRICS[member].Name) ?? 0;
  return {
    waiting: value('waiting'),
    oldestSeconds: value('oldestSeconds'),
    agentsStaffed: value('agentsStaffed'),
    agentsAvailable: value('agentsAvailable'),
  };
}
