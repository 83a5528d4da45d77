import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Bill } from '../../scripts/cost/bill.ts';
import { ALARM_COUNT, type IdleBill } from '../../scripts/cost/idle-bill.ts';
import type { Usage } from '../../scripts/cost/usage-meter.ts';
import { synthesize } from '../lib/synthesize.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/cost.md'), 'utf8');

let report: {
  readonly usage: Record<string, Usage>;
  readonly bills: Record<string, Bill>;
  readonly sweep: Usage;
  readonly idle: IdleBill;
};

/** In a process of its own, since it lives in scaled time for a while. */
beforeAll(async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--no-warnings', join(ROOT, 'scripts/cost/main.ts'), '--json'],
    { cwd: ROOT },
  );
  report = JSON.parse(stdout);
}, 120_000);

/** An event is a reading and, where it tells something new, a writing. */
const EVENT = { get: 1, put: 1 };

/** A rule message takes three requests of SQS, and a reading and a writing. */
const WAKE = { send: 1, receive: 1, delete: 1, get: 1 };

/** A kick takes three requests, too; the call is announced, kept from being made twice, and recorded. */
const WRITES_PER_CALL = 3;
const TOKENS_FOR_A_CALL = 1;

describe('the requests of a contact', () => {
  test('that is never escalated: a reading and a writing for each event', () => {
    expect(report.usage['never escalated']).toMatchObject({
      requests: { 'dynamodb.GetItem': 4 * EVENT.get, 'dynamodb.PutItem': 4 * EVENT.put },
      invocations: { contactEvents: 4 },
    });
    expect(Object.keys(report.usage['never escalated']?.requests ?? {})).toHaveLength(2);
  });

  test('that hangs up before its step: the wake-up beside, which finds nothing to do', () => {
    expect(report.usage['hung up before its step']?.requests).toEqual({
      'dynamodb.GetItem': 3 * EVENT.get + WAKE.get,
      // The wake-up is noted as rung.
      'dynamodb.PutItem': 3 * EVENT.put + 1,
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
    { life: 'escalated once', calls: 1 },
    { life: 'three steps', calls: 3 },
  ])('$life: a wake-up, a kick and a call for each step, and one question to Connect', ({ life, calls }) => {
    expect(report.usage[life]?.requests).toEqual({
      'connect.DescribeContact': 1,
      'connect.UpdateContactRoutingData': calls,
      'dynamodb.BatchGetItem': calls,
      'dynamodb.GetItem': 4 * EVENT.get + calls * WAKE.get,
      // A token for the question, too.
      'dynamodb.PutItem': 4 * EVENT.put + calls * (1 + WRITES_PER_CALL + TOKENS_FOR_A_CALL) + 1,
      'dynamodb.UpdateItem': calls,
      // What is pending, and that nothing is any more.
      'dynamodb.Query': 2 * calls,
      'sqs.SendMessageBatch': calls,
      'sqs.SendMessage': calls,
      'sqs.ReceiveMessage': 2 * calls,
      'sqs.DeleteMessageBatch': 2 * calls,
    });
    expect(report.usage[life]).toMatchObject({
      sqsRequests: 3 * calls,
      fifoRequests: 3 * calls,
      invocations: { contactEvents: 4, ruleMessages: calls, dispatch: calls },
    });
  });

  test('of a sweep in which nobody waits: both indexes and the settings, no record', () => {
    expect(report.sweep).toMatchObject({
      requests: { 'dynamodb.Query': 1, 'dynamodb.Scan': 1, 'ssm.GetParameter': 1 },
      readUnits: 1,
      writeUnits: 0,
      invocations: { sweep: 1 },
    });
  });
});

describe('the cost', () => {
  test.each([
    { life: 'never escalated', readUnits: 4, writeUnits: 10 },
    { life: 'hung up before its step', readUnits: 4, writeUnits: 10 },
    { life: 'escalated once', readUnits: 7, writeUnits: 23 },
    { life: 'three steps', readUnits: 13, writeUnits: 47 },
  ])(
    'of "$life" in units of DynamoDB, and in dollars as docs/cost.md says',
    ({ life, readUnits, writeUnits }) => {
      expect(report.usage[life]).toMatchObject({ readUnits, writeUnits });
      const { total = 0, dynamodb = 0 } = report.bills[life] ?? {};
      const row = PAGE.split('\n').find((line) => line.startsWith(`| ${life} |`));
      expect(row).toBe(`| ${life} | ${total.toFixed(0)} | ${dynamodb.toFixed(0)} |`);
    },
  );

  test('of a month in which no contact comes, as docs/cost.md says', () => {
    const [sentence] = /a month in which [^:]*:[^:]*itself/.exec(PAGE.replaceAll('\n', ' ')) ?? [];
    const { total, alarms, metrics, polling, sweep } = report.idle;
    expect(sentence).toBe(
      `a month in which no contact comes costs ${total.toFixed(2)} dollars: ${alarms.toFixed(2)} for the alarms, ` +
        `${metrics.toFixed(2)} for the metrics of the sweep, ${polling.toFixed(2)} for the polling, ` +
        `${sweep.toFixed(2)} for the sweep itself`,
    );
  });

  test('counts the alarms that the stack has', () => {
    const { template } = synthesize();
    expect(Object.keys(template.findResources('AWS::CloudWatch::Alarm'))).toHaveLength(ALARM_COUNT);
  });
});
