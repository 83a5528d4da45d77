import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { defined } from '../../../lambda/domain/json.ts';
import {
  handlerMetric,
  type MetricRequest,
  type MetricValue,
  readMetricData,
} from '../../aws/metric-data.ts';
import { withClient } from '../../aws/with-client.ts';
import type { AwsOptions } from '../../options/aws.ts';
import type { Lateness, MetricFigures, MetricMinute } from './outside-figures.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** CloudWatch may need this time after the end of a minute to have all of it. */
const DELAY_MS = MINUTE_MS;

function minutely(metric: Parameters<typeof handlerMetric>[0], stat: string): MetricRequest {
  return { metric: handlerMetric(metric), stat, periodMs: MINUTE_MS };
}

/** What is asked for: each costs money. */
export const METRIC_REQUESTS = {
  applied: minutely('changesApplied', 'Sum'),
  rejected: minutely('rejectedChanges', 'Sum'),
  throttled: minutely('throttledCalls', 'Sum'),
  unknown: minutely('unknownOutcomes', 'Sum'),
  median: minutely('lateness', 'p50'),
  p95: minutely('lateness', 'p95'),
  waiting: minutely('waitingContacts', 'Maximum'),
  allowed: minutely('updateRate', 'Maximum'),
  hourMedian: { ...minutely('lateness', 'p50'), periodMs: HOUR_MS },
  hourP95: { ...minutely('lateness', 'p95'), periodMs: HOUR_MS },
} as const satisfies Readonly<Record<string, MetricRequest>>;

type Values = Readonly<Record<keyof typeof METRIC_REQUESTS, readonly MetricValue[]>>;

/**
 * The last hour of the handlers' metrics, but for the minutes that CloudWatch may not have yet.
 *
 * @param now - milliseconds since the epoch.
 * @throws what CloudWatch answers.
 */
export async function readMetricFigures(options: AwsOptions, now: number): Promise<MetricFigures> {
  const to = Math.floor((now - DELAY_MS) / MINUTE_MS) * MINUTE_MS;
  const values = await withClient(CloudWatchClient, options, (client) =>
    readMetricData(client, METRIC_REQUESTS, to - HOUR_MS, to),
  );
  const minutes = minutesOf(values);
  return {
    until: (minutes.at(-1)?.at ?? to - MINUTE_MS) + MINUTE_MS,
    minutes,
    ...defined({ lateness: latenessOf(values.hourMedian[0]?.value, values.hourP95[0]?.value) }),
  };
}

function minutesOf({ hourMedian: _median, hourP95: _p95, ...minutely }: Values): MetricMinute[] {
  const times = Object.values(minutely).flatMap((values) => values.map(({ at }) => at));
  if (times.length === 0) return [];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const valueAt = (values: readonly MetricValue[], at: number) => values.find((one) => one.at === at)?.value;
  const { applied, rejected, throttled, unknown, median, p95, waiting, allowed } = minutely;
  return Array.from({ length: (last - first) / MINUTE_MS + 1 }, (_, index) => {
    const at = first + index * MINUTE_MS;
    const count = (values: readonly MetricValue[]) => valueAt(values, at) ?? 0;
    return {
      at,
      calls: count(applied) + count(rejected) + count(throttled) + count(unknown),
      throttled: count(throttled),
      ...defined({
        lateness: latenessOf(valueAt(median, at), valueAt(p95, at)),
        waiting: valueAt(waiting, at),
        allowed: valueAt(allowed, at),
      }),
    };
  });
}

function latenessOf(medianMs: number | undefined, p95Ms: number | undefined): Lateness | undefined {
  return medianMs === undefined || p95Ms === undefined ? undefined : { medianMs, p95Ms };
}
