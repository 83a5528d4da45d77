import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import { AwsError, constraintViolation } from '../endpoint/aws-error.ts';
import type { LocalService } from '../endpoint/http.ts';
import { createJsonService } from '../endpoint/json-service.ts';
import type { MetricStore } from '../metrics/metric-store.ts';

const MINUTE_MS = 60_000;

type Statistic = (values: readonly number[]) => number;

const sum: Statistic = (values) => values.reduce((total, value) => total + value, 0);

const STATISTICS: Readonly<Record<string, Statistic>> = {
  Sum: sum,
  SampleCount: ({ length }) => length,
  Average: (values) => sum(values) / values.length,
  Minimum: (values) => Math.min(...values),
  Maximum: (values) => Math.max(...values),
};

/** The value at or below which so many percent of the values are: none is made up between two of them. */
function percentileOf(percent: number): Statistic {
  return (values) => {
    const sorted = values.toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
  };
}

function statisticOf(name: string): Statistic | undefined {
  const [, percent] = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name) ?? [];
  if (percent !== undefined) return percentileOf(Number(percent));
  return Object.hasOwn(STATISTICS, name) ? STATISTICS[name] : undefined;
}

/**
 * CloudWatch with the metrics of the local functions. It has GetMetricData, for metrics without expressions, and
 * DescribeAlarms, which finds none: the local system has no alarms.
 */
export function createCloudWatch(metrics: MetricStore): LocalService {
  return createJsonService('CloudWatch', {
    GetMetricData: (input) => getMetricData(input, metrics),
    DescribeAlarms: () => ({ MetricAlarms: [], CompositeAlarms: [] }),
  });
}

function getMetricData(input: JsonObject, metrics: MetricStore): object {
  const { MetricDataQueries: queries, ScanBy: order = 'TimestampDescending' } = input;
  if (!Array.isArray(queries) || queries.length === 0) {
    throw constraintViolation(
      'metricDataQueries',
      queries,
      'Member must have length greater than or equal to 1',
    );
  }
  // CloudWatch rounds the start down to a whole minute.
  const from = Math.floor(requireTime(input, 'StartTime') / MINUTE_MS) * MINUTE_MS;
  const to = requireTime(input, 'EndTime');
  const MetricDataResults = queries.filter(isObject).map((query) => {
    const { Id, MetricStat: stat } = query;
    if (!isObject(stat) || !isObject(stat.Metric)) {
      throw invalid(
        `The query ${String(Id)} has no MetricStat. The local CloudWatch computes no expressions.`,
      );
    }
    const statistic = statisticOf(String(stat.Stat));
    if (!statistic) {
      throw invalid(
        `${String(stat.Stat)} is not one of ${Object.keys(STATISTICS).join(', ')} and percentiles such as p95.`,
      );
    }
    const { Namespace, MetricName, Dimensions = [] } = stat.Metric;
    const metric = {
      namespace: String(Namespace),
      name: String(MetricName),
      dimensions: Object.fromEntries(
        [Dimensions]
          .flat()
          .filter(isObject)
          .map(({ Name, Value }) => [String(Name), String(Value)]),
      ),
    };
    const points = metrics.read(metric, from, to, Number(stat.Period) * 1_000);
    if (order === 'TimestampDescending') points.reverse();
    return {
      Id,
      Label: MetricName,
      StatusCode: 'Complete',
      Timestamps: points.map(({ at }) => at / 1_000),
      Values: points.map(({ values }) => statistic(values)),
    };
  });
  return { MetricDataResults, Messages: [] };
}

/** Milliseconds since the epoch; the request has seconds. */
function requireTime(input: JsonObject, member: string): number {
  const seconds = input[member];
  if (typeof seconds === 'number') return seconds * 1_000;
  throw constraintViolation(member, seconds, 'Member must not be null');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
