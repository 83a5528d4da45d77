import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Bill } from '../../scripts/cost/bill.ts';
import { ALARM_METRIC_COUNT, type IdleBill } from '../../scripts/cost/idle-bill.ts';
import type { PollBill, PollUsage } from '../../scripts/cost/poll-bill.ts';
import { PRICES } from '../../scripts/cost/prices.ts';
import type { Usage } from '../../scripts/cost/usage-meter.ts';
import { synthesize } from '../lib/synthesize.ts';

const ROOT = join(import.meta.dirname, '../..');
const UPDATE = 'an update that matters to no policy';
const PAGE = readFileSync(join(ROOT, 'docs/cost.md'), 'utf8');

let report: {
  readonly usage: Record<string, Usage>;
  readonly bills: Record<string, Bill>;
  readonly sweep: Usage;
  readonly sendingSweep: Usage;
  readonly eventDollars: number;
  readonly idle: IdleBill;
  readonly poll: PollUsage;
  readonly polling: PollBill;
};

/** Runs in its own process, because the script installs a clock. */
beforeAll(async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', join(ROOT, 'scripts/cost/main.ts'), '--json'],
    { cwd: ROOT },
  );
  report = JSON.parse(stdout);
}, 120_000);

/** Each of the four events takes a read, and a write but for COMPLETED, which only confirms DISCONNECTED. */
const EVENT = { get: 1, put: 1 };
const CONFIRMING_EVENTS = 1;

/** A wake-up takes three requests of SQS and a read. Its write is counted separately. */
const WAKE = { send: 1, receive: 1, delete: 1, get: 1 };

/** An update is under way, and its result is recorded. */
const WRITES_PER_UPDATE = 2;

/** The tokens of a question and of three updates are taken with one write. */
const TOKEN_WRITES = 1;

describe('the requests of a contact', () => {
  test('that is never escalated: a read and a write for each event', () => {
    expect(report.usage['never escalated']).toMatchObject({
      requests: {
        'dynamodb.GetItem': 4 * EVENT.get,
        'dynamodb.PutItem': (4 - CONFIRMING_EVENTS) * EVENT.put,
      },
      invocations: { contactEvents: 4 },
    });
    expect(Object.keys(report.usage['never escalated']?.requests ?? {})).toHaveLength(2);
  });

  test('that hangs up before its step: those of the events, and a wake-up that finds nothing to do', () => {
    expect(report.usage['hung up before its step']?.requests).toEqual({
      'dynamodb.GetItem': 3 * EVENT.get + WAKE.get,
      'dynamodb.PutItem': (3 - CONFIRMING_EVENTS) * EVENT.put,
      'sqs.SendMessageBatch': WAKE.send,
      'sqs.ReceiveMessage': WAKE.receive,
      'sqs.DeleteMessageBatch': WAKE.delete,
    });
    expect(report.usage['hung up before its step']?.invocations).toEqual({
      contactEvents: 3,
      ruleMessages: 1,
    });
  });

  test.each([
    { lifecycle: 'escalated once', updates: 1 },
    { lifecycle: 'escalated three times', updates: 3 },
  ])(
    '$lifecycle: a wake-up, a notification and an update for each step, and one DescribeContact',
    ({ lifecycle, updates }) => {
      expect(report.usage[lifecycle]?.requests).toEqual({
        'connect.DescribeContact': 1,
        'connect.UpdateContactRoutingData': updates,
        'dynamodb.BatchGetItem': updates,
        'dynamodb.GetItem': 4 * EVENT.get + updates * WAKE.get,
        'dynamodb.PutItem':
          (4 - CONFIRMING_EVENTS) * EVENT.put + updates * (1 + WRITES_PER_UPDATE) + TOKEN_WRITES,
        // Of updates and of questions, one query each finds the pending contact, another that none is pending any more.
        'dynamodb.Query': 4 * updates,
        'sqs.SendMessageBatch': updates,
        'sqs.SendMessage': updates,
        'sqs.ReceiveMessage': 2 * updates,
        'sqs.DeleteMessageBatch': 2 * updates,
      });
      expect(report.usage[lifecycle]).toMatchObject({
        sqsRequests: 3 * updates,
        fifoRequests: 3 * updates,
        invocations: { contactEvents: 4, ruleMessages: updates, dispatch: updates },
      });
    },
  );

  test('that waits, for an update that matters to no policy: one read', () => {
    expect(report.usage[UPDATE]).toMatchObject({
      requests: { 'dynamodb.GetItem': 1 },
      readUnits: 1,
      writeUnits: 0,
      invocations: { contactEvents: 1 },
      logBytes: 0,
    });
  });

  test('of a sweep while no contact waits: both indexes, the parameters, what is in force and reported, its position, and no record', () => {
    expect(report.sweep.requests).toEqual({
      'dynamodb.GetItem': 7,
      'dynamodb.PutItem': 1,
      // Of updates, of questions and of unsent events.
      'dynamodb.Query': 3,
      'dynamodb.Scan': 1,
      'ssm.GetParametersByPath': 1,
    });
    expect(report.sweep).toMatchObject({
      readUnits: 9,
      writeUnits: 1,
      invocations: { sweep: 1 },
    });
  });
});

test('a poll looks at the index once, and at the state of each queue in which contacts wait; a condition that holds is written', () => {
  const message = { 'sqs.ReceiveMessage': 1, 'sqs.DeleteMessageBatch': 1, 'dynamodb.Scan': 1 };
  const { empty, quiet, held, crowd } = report.poll;
  expect(empty.requests).toEqual(message);
  expect(quiet.requests).toEqual({ ...message, 'dynamodb.GetItem': 1 });
  expect(held.requests).toEqual({ ...message, 'dynamodb.GetItem': 1, 'dynamodb.PutItem': 1 });
  expect(crowd.requests).toEqual(quiet.requests);
  expect([empty, quiet, held].map(({ readUnits, writeUnits }) => [readUnits, writeUnits])).toEqual([
    [0.5, 0],
    [1.5, 0],
    [1.5, 1],
  ]);
});

test('20 events take two requests of PutEvents, and a write of each record', () => {
  expect(report.sendingSweep.requests).toMatchObject({
    'events.PutEvents': 2,
    'dynamodb.BatchGetItem': 1,
    // One of them is that of the position of the sweeps.
    'dynamodb.PutItem': 21,
  });
});

describe('the cost', () => {
  test('of a million events, as docs/cost.md says', () => {
    expect(PAGE).toContain(`A million events cost about ${report.eventDollars.toFixed(0)} dollars`);
  });

  test.each([
    { lifecycle: 'never escalated', readUnits: 4, writeUnits: 5 },
    { lifecycle: 'hung up before its step', readUnits: 4, writeUnits: 4 },
    { lifecycle: 'escalated once', readUnits: 8, writeUnits: 12 },
    { lifecycle: 'escalated three times', readUnits: 16, writeUnits: 24 },
  ])(
    'of "$lifecycle" in request units of DynamoDB, and in dollars as docs/cost.md says',
    ({ lifecycle, readUnits, writeUnits }) => {
      expect(report.usage[lifecycle]).toMatchObject({ readUnits, writeUnits });
      const { total = 0, dynamodb = 0 } = report.bills[lifecycle] ?? {};
      const row = PAGE.split('\n').find((line) => line.startsWith(`| ${lifecycle} |`));
      expect(row).toBe(`| ${lifecycle} | ${total.toFixed(0)} | ${dynamodb.toFixed(0)} |`);
    },
  );

  test('of a million updates that matter to no policy, as docs/cost.md says', () => {
    const { total = 0 } = report.bills[UPDATE] ?? {};
    expect(total).toBeLessThan(0.6);
    expect(PAGE).toContain(`events that matter to no policy cost ${total.toFixed(2)} dollars`);
  });

  test('of a month in which no contact comes, as docs/cost.md says', () => {
    const [sentence] = /a month in which [^:]*:[^:]*itself/.exec(PAGE.replaceAll('\n', ' ')) ?? [];
    const { total, alarms, metrics, polling, sweep } = report.idle;
    expect(sentence).toBe(
      `a month in which no contact comes costs ${total.toFixed(2)} dollars: ${alarms.toFixed(2)} for the alarms, ` +
        `${metrics.toFixed(2)} for the metrics of the sweep, ${polling.toFixed(2)} for the polling, ` +
        `${sweep.toFixed(2)} for the sweep itself`,
    );
  });

  test('of polling for conditions, as docs/cost.md says', () => {
    const { base, queue, heldQueue, thousandWaiting } = report.polling;
    const cents = (dollars: number) => Math.round(dollars * 100);
    expect(PAGE.replaceAll(/\s+/g, ' ')).toContain(
      `the load of queues is read four times a minute: about ${cents(base)} cents a month, ${cents(queue)} cents for ` +
        `each queue in which contacts wait day and night (${cents(heldQueue)} where a condition holds), and ` +
        `${cents(thousandWaiting / 10) * 10} cents for a thousand contacts that wait all the time`,
    );
  });

  test('of a read or write more, as docs/cost.md says', () => {
    const { millionReadUnits, millionWriteUnits } = PRICES.dynamodb;
    const page = PAGE.replaceAll(/\s+/g, ' ');
    expect(page).toContain(`about ${Math.round(millionReadUnits * 100)} cents for a million reconciles`);
    expect(page).toContain(
      `one read and one write more when it is queued: about ${Math.round((millionReadUnits + millionWriteUnits) * 100)} cents`,
    );
  });

  test('includes every metric that the alarms of the stack use', () => {
    const alarms = Object.values(synthesize().template.findResources('AWS::CloudWatch::Alarm'));
    const metrics = alarms.flatMap(({ Properties: { MetricName, Metrics = [] } }) =>
      MetricName ? [MetricName] : Metrics.filter(({ MetricStat }: { MetricStat?: object }) => MetricStat),
    );
    expect(metrics).toHaveLength(ALARM_METRIC_COUNT);
  });
});
