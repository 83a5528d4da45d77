import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { DeployedResources } from '../../../lambda/aws/deployment.ts';
import { formatSpan } from '../../../lambda/domain/duration.ts';
import {
  handlerMetric,
  type MetricValue,
  readMetricData,
  type SourceMetric,
  sourceMetric,
} from '../../aws/metric-data.ts';
import { withClient } from '../../aws/with-client.ts';
import type { Examination } from '../examination.ts';
import { type Finding, failure, ok, type Verdict, warning } from '../finding.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How far back the last activity is looked for, in minutes and in hours. */
const MINUTES_BACK = 3 * 60;
const HOURS_BACK = 15 * 24;

/** The sweep runs every minute, and metrics arrive late by one or two. */
const SWEEP_WITHIN_MS = 5 * MINUTE_MS;

/** A closed weekend has no contact events. */
const EVENTS_WITHIN_MS = 3 * 24 * HOUR_MS;

/** The age at which the alarm on old pending changes fires, too. */
const PENDING_SECONDS = 300;

/** When the system last received an event, swept and called, by its metrics. */
export async function checkActivity(
  { options, now }: Examination,
  { functions }: DeployedResources,
): Promise<Finding[]> {
  const invocations = (name: string) => sourceMetric('AWS/Lambda', 'Invocations', { FunctionName: name });
  return withClient(CloudWatchClient, options, async (client) => {
    const last = (Metric: SourceMetric, from = 0) => lastAbove(client, Metric, from, now);
    const [eventAt, sweepAt, sweepErrorAt, changeAt, pending, waiting, deployedAt] = await Promise.all([
      last(invocations(functions.ContactEvents)),
      last(invocations(functions.Sweep)),
      last(sourceMetric('AWS/Lambda', 'Errors', { FunctionName: functions.Sweep })),
      last(handlerMetric('changesApplied')),
      latest(client, handlerMetric('oldestPendingAge'), now),
      latest(client, handlerMetric('waitingContacts'), now),
      readDeployedAt(options, functions.Sweep),
    ]);
    return [
      { check: 'Contact events', ...eventsVerdict(eventAt, now) },
      { check: 'Sweep', ...sweepVerdict({ sweepAt, sweepErrorAt, deployedAt, now }) },
      { check: 'Changes', ...changesVerdict(changeAt, pending, waiting, now) },
    ];
  });
}

function eventsVerdict(at: number | undefined, now: number): Verdict {
  const advice =
    'Contact events come by themselves. Check that the deployment is in the account and Region of the ' +
    'instance, that its instance ids are right, and that contacts arrive.';
  if (at === undefined) return warning('No contact event arrived in the last 15 days.', advice);
  const text = `The last one arrived ${ago(at, now)}.`;
  return now - at < EVENTS_WITHIN_MS ? ok(text) : warning(text, advice);
}

/** Milliseconds since the epoch. */
interface SweepTimes {
  readonly sweepAt: number | undefined;
  readonly sweepErrorAt: number | undefined;
  /** Undefined where it is not known. */
  readonly deployedAt: number | undefined;
  readonly now: number;
}

function sweepVerdict({ sweepAt, sweepErrorAt, deployedAt, now }: SweepTimes): Verdict {
  const next = "Look at the schedule's line above, and at the log of the function Sweep.";
  const isNew = deployedAt !== undefined && now - deployedAt <= SWEEP_WITHIN_MS;
  if (isNew && sweepAt === undefined) return ok('It has not run yet: the function is a few minutes old.');
  if (sweepAt === undefined) return failure('The sweep has not run in the last 15 days.', next);
  const text = `It last ran ${ago(sweepAt, now)}`;
  if (now - sweepAt > SWEEP_WITHIN_MS) return failure(`${text}: lost messages are not recovered.`, next);
  if (sweepErrorAt !== undefined && now - sweepErrorAt <= SWEEP_WITHIN_MS) {
    return failure(`${text}, and failed.`, 'Look at the log of the function Sweep.');
  }
  return ok(`${text}.`);
}

function changesVerdict(
  at: number | undefined,
  pendingSeconds: number | undefined,
  waiting: number | undefined,
  now: number,
): Verdict {
  const lastChange =
    at === undefined ? 'None was made in the last 15 days' : `The last was made ${ago(at, now)}`;
  const contacts = waiting === undefined ? '' : `; ${waiting} contacts wait in queues`;
  const text = `${lastChange}${contacts}.`;
  if (pendingSeconds === undefined || pendingSeconds < PENDING_SECONDS) return ok(text);
  return failure(
    `${text} One has been due for ${formatSpan(Math.round(pendingSeconds))}.`,
    'See "Old pending changes" in the runbook.',
  );
}

/** When the code of a function was last deployed, in milliseconds since the epoch. */
async function readDeployedAt(
  options: Examination['options'],
  FunctionName: string,
): Promise<number | undefined> {
  return withClient(LambdaClient, options, async (client) => {
    try {
      const { LastModified: text = '' } = await client.send(
        new GetFunctionConfigurationCommand({ FunctionName }),
      );
      const at = Date.parse(text);
      return Number.isNaN(at) ? undefined : at;
    } catch {
      // The line on functions says what is wrong.
      return undefined;
    }
  });
}

function ago(at: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - at) / 1_000));
  if (seconds < 120) return 'within the last two minutes';
  return `${formatSpan(seconds - (seconds % 60))} ago`;
}

/** When a metric was last above a value, in milliseconds since the epoch: to the minute, or, long ago, to the hour. */
async function lastAbove(
  client: CloudWatchClient,
  Metric: SourceMetric,
  value: number,
  now: number,
): Promise<number | undefined> {
  const find = async (periodMs: number, count: number) => {
    const points = await read(client, Metric, 'Sum', periodMs, now - count * periodMs, now);
    const point = points.find((candidate) => candidate.value > value);
    // The last moment of the period, as far as it has passed.
    return point && Math.min(now, point.at + periodMs);
  };
  return (await find(MINUTE_MS, MINUTES_BACK)) ?? find(HOUR_MS, HOURS_BACK);
}

/** The latest value of the last ten minutes. */
async function latest(
  client: CloudWatchClient,
  Metric: SourceMetric,
  now: number,
): Promise<number | undefined> {
  const [point] = await read(client, Metric, 'Maximum', MINUTE_MS, now - 10 * MINUTE_MS, now);
  return point?.value;
}

/** The data points of a metric, newest first. */
async function read(
  client: CloudWatchClient,
  metric: SourceMetric,
  stat: string,
  periodMs: number,
  from: number,
  to: number,
): Promise<readonly MetricValue[]> {
  const start = Math.floor(from / periodMs) * periodMs;
  return (await readMetricData(client, { m: { metric, stat, periodMs } }, start, to)).m;
}
