import {
  type CloudWatchClient,
  type MetricDataQuery,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import { METRICS, METRICS_NAMESPACE, SERVICE } from '../../lambda/aws/metric-names.ts';

/** A metric, by its namespace, name and dimensions. */
export type SourceMetric = NonNullable<NonNullable<MetricDataQuery['MetricStat']>['Metric']>;

/** A statistic of a metric, for each period. */
export interface MetricRequest {
  readonly metric: SourceMetric;
  /** Such as `Sum` or `p95`. */
  readonly stat: string;
  /** A multiple of a minute. */
  readonly periodMs: number;
}

/** The statistic of one period. */
export interface MetricValue {
  /** The start of the period, in milliseconds since the epoch. */
  readonly at: number;
  readonly value: number;
}

export function sourceMetric(
  Namespace: string,
  MetricName: string,
  dimensions: Readonly<Record<string, string>>,
): SourceMetric {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Namespace, MetricName, Dimensions };
}

/** A metric that the handlers publish. One account and Region has one deployment, so its name says which. */
export function handlerMetric(name: keyof typeof METRICS): SourceMetric {
  return sourceMetric(METRICS_NAMESPACE, METRICS[name], { service: SERVICE });
}

/**
 * What CloudWatch has of metrics: for each request the periods with data, newest first. The periods begin at `from`:
 * CloudWatch aligns them to the start of the request (https://github.com/boto/boto3/issues/3457).
 *
 * @param from - inclusive; `to` is exclusive. Milliseconds since the epoch, whole minutes.
 * @throws what CloudWatch answers.
 */
export async function readMetricData<K extends string>(
  client: CloudWatchClient,
  requests: Readonly<Record<K, MetricRequest>>,
  from: number,
  to: number,
): Promise<Readonly<Record<K, readonly MetricValue[]>>> {
  const ids = Object.keys(requests) as K[];
  const values = Object.fromEntries(ids.map((id) => [id, []])) as unknown as Record<K, MetricValue[]>;
  const pages = paginateGetMetricData(
    { client },
    {
      StartTime: new Date(from),
      EndTime: new Date(to),
      ScanBy: 'TimestampDescending',
      MetricDataQueries: ids.map((Id) => {
        const { metric: Metric, stat: Stat, periodMs } = requests[Id];
        return { Id, MetricStat: { Metric, Stat, Period: periodMs / 1_000 } };
      }),
    },
  );
  for await (const { MetricDataResults: results = [] } of pages) {
    for (const { Id, Timestamps: times = [], Values: found = [] } of results) {
      values[Id as K]?.push(
        ...times.map((time, index) => ({ at: time.getTime(), value: found[index] ?? 0 })),
      );
    }
  }
  return values;
}
