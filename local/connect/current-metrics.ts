import type { QueueLoad } from '../../lambda/domain/condition/condition.ts';
import { defined, isObject } from '../../lambda/domain/json.ts';
import type { Expression } from '../../lambda/domain/routing/criteria.ts';
import { type AgentSpec, type ContactCentre, satisfies } from '../../sim/centre/index.ts';
import { AwsError } from '../endpoint/aws-error.ts';

/** The path of GetCurrentMetricData. */
export const CURRENT_METRICS_PATH = /^\/metrics\/current\/(?<instanceId>[^/]+)$/;

/** What GetCurrentMetricData read. */
export interface MetricsRecord {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Absent: all channels. */
  readonly channel?: string;
  /** Of the queues that were asked for, by their ids. */
  readonly loads: ReadonlyMap<string, QueueLoad>;
}

/**
 * GetCurrentMetricData, as far as the system uses it: of up to 100 queues, of one channel or of all, by queue. Like
 * Connect it leaves out a queue in which nobody waits and that nobody serves.
 *
 * @param onRead - receives what was read.
 * @throws AwsError InvalidParameterException.
 */
export function currentMetrics(
  body: string,
  centre: ContactCentre,
  agents: readonly AgentSpec[],
  now: number,
  onRead?: (read: MetricsRecord) => void,
): object {
  const { Filters, Groupings, CurrentMetrics } = JSON.parse(body || '{}');
  const queueIds: unknown = isObject(Filters) ? Filters.Queues : undefined;
  if (!Array.isArray(queueIds) || queueIds.length < 1 || queueIds.length > 100) {
    throw invalid('Filters.Queues must have 1 to 100 queues.');
  }
  const expressions: unknown = Filters.RoutingStepExpressions;
  if (Array.isArray(expressions)) {
    return byExpression(expressions, { queueIds, Groupings, CurrentMetrics }, centre, agents, now);
  }
  if (!Array.isArray(Groupings) || Groupings.join() !== 'QUEUE') throw invalid('Groupings must be QUEUE.');
  const channel = channelOf(Filters.Channels);
  const loads = new Map([...centre.queueLoads(now, channel)].filter(([id]) => queueIds.includes(id)));
  onRead?.({ at: now, loads, ...defined({ channel }) });
  const results = centre.overview(now).queues.flatMap(({ id, arn }) => {
    const load = loads.get(id);
    if (!load || load.waiting + load.agentsStaffed === 0) return [];
    const values = {
      CONTACTS_IN_QUEUE: load.waiting,
      OLDEST_CONTACT_AGE: load.oldestSeconds,
      AGENTS_STAFFED: load.agentsStaffed,
      AGENTS_AVAILABLE: load.agentsAvailable,
    };
    return [
      { Dimensions: { Queue: { Id: id, Arn: arn } }, Collections: collectionsOf(CurrentMetrics, values) },
    ];
  });
  return { MetricResults: results, DataSnapshotTime: now / 1_000 };
}

function channelOf(channels: unknown): string | undefined {
  if (channels === undefined) return undefined;
  if (!Array.isArray(channels) || channels.length !== 1) {
    throw invalid('Filters.Channels with other than one channel is not served here.');
  }
  return String(channels[0]);
}

/** The agents of a queue who are logged in. */
function staffedAgents(queueId: string, centre: ContactCentre, agents: readonly AgentSpec[], now: number) {
  return centre.overview(now).agents.flatMap((agent) => {
    const spec = agents.find(({ id }) => id === agent.id);
    const serves = spec?.queues.some((queue) => queue.queueId === queueId);
    return spec && serves && !agent.isAway ? [{ agent, spec }] : [];
  });
}

interface ExpressionQuery {
  readonly queueIds: readonly unknown[];
  readonly Groupings: unknown;
  readonly CurrentMetrics: unknown;
}

/** Of one queue, by the expressions of steps: how many agents who are logged in satisfy each. */
function byExpression(
  expressions: readonly unknown[],
  { queueIds, Groupings, CurrentMetrics }: ExpressionQuery,
  centre: ContactCentre,
  agents: readonly AgentSpec[],
  now: number,
): object {
  if (queueIds.length !== 1) throw invalid('Filters.RoutingStepExpressions takes exactly one queue.');
  if (expressions.length < 1 || expressions.length > 50) throw invalid('There must be 1 to 50 expressions.');
  if (!Array.isArray(Groupings) || Groupings.join() !== 'ROUTING_STEP_EXPRESSION') {
    throw invalid('Groupings must be ROUTING_STEP_EXPRESSION.');
  }
  const staffed = staffedAgents(String(queueIds[0]), centre, agents, now);
  const results = expressions.map((expression) => {
    const parsed = JSON.parse(String(expression)) as Expression;
    const AGENTS_STAFFED = staffed.filter(({ spec }) => satisfies(parsed, spec)).length;
    return {
      Dimensions: { RoutingStepExpression: expression },
      Collections: collectionsOf(CurrentMetrics, { AGENTS_STAFFED }),
    };
  });
  return { MetricResults: results, DataSnapshotTime: now / 1_000 };
}

function collectionsOf(metrics: unknown, values: Readonly<Record<string, number>>): object[] {
  if (!Array.isArray(metrics)) throw invalid('CurrentMetrics must be a list.');
  return metrics.map((Metric) => {
    const Value = values[Metric.Name];
    if (Value === undefined) throw invalid(`The metric ${Metric.Name} is not served here.`);
    return { Metric, Value };
  });
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
