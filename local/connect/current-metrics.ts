import { isObject } from '../../lambda/domain/json.ts';
import type { AgentSpec, ContactCentre } from '../../sim/centre/index.ts';
import { AwsError } from '../endpoint/aws-error.ts';

/** The path of GetCurrentMetricData. */
export const CURRENT_METRICS_PATH = /^\/metrics\/current\/(?<instanceId>[^/]+)$/;

/**
 * GetCurrentMetricData, as far as the system uses it: of up to 100 queues, of one channel or of all, by queue. Like
 * Connect it leaves out a queue in which nobody waits and that nobody serves.
 *
 * @throws AwsError InvalidParameterException.
 */
export function currentMetrics(
  body: string,
  centre: ContactCentre,
  agents: readonly AgentSpec[],
  now: number,
): object {
  const { Filters, Groupings, CurrentMetrics } = JSON.parse(body || '{}');
  const queueIds: unknown = isObject(Filters) ? Filters.Queues : undefined;
  if (!Array.isArray(queueIds) || queueIds.length < 1 || queueIds.length > 100) {
    throw invalid('Filters.Queues must have 1 to 100 queues.');
  }
  if (!Array.isArray(Groupings) || Groupings.join() !== 'QUEUE') throw invalid('Groupings must be QUEUE.');
  const channels: unknown = Filters.Channels;
  const overview = centre.overview(now);
  const results = overview.queues
    .filter(({ id }) => queueIds.includes(id))
    .flatMap(({ id, arn, contactIds }) => {
      const contacts = contactIds
        .map((contactId) => centre.describe(now, contactId))
        .filter(({ channel }) => !Array.isArray(channels) || channels.includes(channel));
      const staffed = overview.agents.filter(
        (agent) =>
          !agent.isAway &&
          agents.find((spec) => spec.id === agent.id)?.queues.some((queue) => queue.queueId === id),
      );
      const oldest = Math.max(0, ...contacts.map(({ queue }) => now - queue.enqueuedAt));
      const values: Readonly<Record<string, number>> = {
        CONTACTS_IN_QUEUE: contacts.length,
        OLDEST_CONTACT_AGE: Math.floor(oldest / 1_000),
        AGENTS_STAFFED: staffed.length,
        AGENTS_AVAILABLE: staffed.filter((agent) => agent.contactIds.length < agent.concurrency).length,
      };
      if (contacts.length === 0 && staffed.length === 0) return [];
      return [
        { Dimensions: { Queue: { Id: id, Arn: arn } }, Collections: collectionsOf(CurrentMetrics, values) },
      ];
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
