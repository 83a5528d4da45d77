import {
  type ConnectClient,
  type CurrentMetricResult,
  GetCurrentMetricDataCommand,
  paginateListQueues,
} from '@aws-sdk/client-connect';
import type { Condition, QueueLoad } from '../domain/condition/condition.ts';
import { defined } from '../domain/json.ts';
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

/** GetCurrentMetricData and ListQueues of Amazon Connect. */
export class ConnectLoadMetrics implements LoadMetrics {
  readonly #client: ConnectClient;
  readonly #names = new Map<
    string,
    { readonly names: ReadonlyMap<string, string>; readonly readAt: number }
  >();

  constructor(client: ConnectClient) {
    this.#client = client;
  }

  async loads(
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

  async queueNames(instanceId: string, wanted?: string): Promise<ReadonlyMap<string, string>> {
    const known = this.#names.get(instanceId);
    const lacks = wanted !== undefined && !known?.names.has(wanted);
    const maxAgeMs = lacks ? LACKING_MAX_AGE_MS : NAMES_MAX_AGE_MS;
    if (known && Date.now() < known.readAt + maxAgeMs) return known.names;
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
    this.#names.set(instanceId, { names, readAt: Date.now() });
    return names;
  }
}

/** What Connect has no value for counts as 0, as it does for a queue that it leaves out. */
function loadOf({ Collections = [] }: CurrentMetricResult): QueueLoad {
  const values = new Map(Collections.map(({ Metric, Value }) => [Metric?.Name, Value ?? 0]));
  const value = (member: keyof QueueLoad) => values.get(METRICS[member].Name) ?? 0;
  return {
    waiting: value('waiting'),
    oldestSeconds: value('oldestSeconds'),
    agentsStaffed: value('agentsStaffed'),
    agentsAvailable: value('agentsAvailable'),
  };
}
