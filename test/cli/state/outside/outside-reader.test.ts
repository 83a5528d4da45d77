import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { findDeployment } from '../../../../cli/aws/deployment.ts';
import { METRIC_REQUESTS } from '../../../../cli/state/outside/metric-figures.ts';
import { OutsideReader } from '../../../../cli/state/outside/outside-reader.ts';
import { formatAlarmDescription } from '../../../../lambda/aws/alarm-description.ts';
import { AwsError } from '../../../../local/endpoint/aws-error.ts';
import { MetricStore } from '../../../../local/metrics/metric-store.ts';
import { REGION } from '../../../local/fixtures/aws.ts';
import { MINUTE_MS, NOW, startDeployedSystem } from '../../doctor/deployed-system.ts';

let system: Awaited<ReturnType<typeof startDeployedSystem>>;
let options: { readonly endpointUrl: string; readonly region: string };
let reader: OutsideReader;
let requests: string[];

/** The last minute that CloudWatch has at 12:00:30. */
const LAST = NOW - 30_000 - 2 * MINUTE_MS;

const ALARM = {
  AlarmName: 'Escalator-Lateness',
  StateValue: 'ALARM',
  StateUpdatedTimestamp: (NOW - MINUTE_MS) / 1_000,
  AlarmDescription: formatAlarmDescription({
    meaning: 'Callers are affected. Updates are late.',
    runbookUrl: 'https://wiki.example.com/runbook#lateness',
  }),
};

beforeAll(async () => {
  system = await startDeployedSystem();
  options = { endpointUrl: system.url, region: REGION };
});
afterAll(() => system.stop());

beforeEach(async () => {
  requests = [];
  system.state.metrics = new MetricStore();
  answer({});
  const deployment = await findDeployment({ prefix: '/connect-escalator', ...options });
  if (!deployment.resources) throw new Error('No resources.');
  const resources = { ...deployment.resources, alarmPrefix: 'Escalator-' };
  reader = new OutsideReader({ ...deployment, resources }, options);
});

/** What services answer, by the names of operations; in place of the state of no alarm. */
function answer(answers: Readonly<Record<string, AwsError | object>>): void {
  system.state.intercept = (_service, operation) => {
    requests.push(operation);
    return answers[operation] ?? (operation === 'DescribeAlarms' ? { MetricAlarms: [] } : undefined);
  };
}

const denied = new AwsError('AccessDeniedException', 'not allowed', 400);

describe('what the table does not tell', () => {
  test('has the calls, the throttles, the lateness and who waited of each minute, and of the hour', async () => {
    for (const [name, at, value] of [
      ['ChangesApplied', LAST - 5 * MINUTE_MS, 5],
      ['ChangesApplied', LAST, 60],
      ['RejectedChanges', LAST, 2],
      ['UnknownOutcomes', LAST, 1],
      ['ThrottledCalls', LAST, 3],
      ['WaitingContacts', LAST - 5 * MINUTE_MS, 7],
      ['WaitingContacts', LAST, 9],
      ['UpdateRate', LAST, 18],
      // CloudWatch may lack a part of it: it is left out. And so is what is older than an hour.
      ['ChangesApplied', LAST + MINUTE_MS, 4],
      ['ChangesApplied', LAST - 60 * MINUTE_MS, 4],
    ] as const) {
      system.measured(name, at, value);
    }
    for (let ms = 100; ms <= 2_000; ms += 100) system.measured('Lateness', LAST, ms);
    for (let ms = 5_000; ms <= 5_400; ms += 100) system.measured('Lateness', LAST - 5 * MINUTE_MS, ms);
    const { metrics } = await reader.read(NOW);
    expect(metrics?.until).toBe(LAST + MINUTE_MS);
    expect(metrics?.lateness).toEqual({ medianMs: 1_300, p95Ms: 5_300 });
    expect(metrics?.minutes).toHaveLength(6);
    expect(metrics?.minutes[0]).toEqual({
      ...{ at: LAST - 5 * MINUTE_MS, calls: 5, throttled: 0, waiting: 7 },
      lateness: { medianMs: 5_200, p95Ms: 5_400 },
    });
    expect(metrics?.minutes[1]).toEqual({ at: LAST - 4 * MINUTE_MS, calls: 0, throttled: 0 });
    expect(metrics?.minutes[5]).toEqual({
      ...{ at: LAST, calls: 66, throttled: 3, waiting: 9, allowed: 18 },
      lateness: { medianMs: 1_000, p95Ms: 1_900 },
    });
  });

  test('has no minutes where CloudWatch has no metrics', async () => {
    expect((await reader.read(NOW)).metrics).toEqual({ until: LAST + MINUTE_MS, minutes: [] });
  });

  test('has the alarms that ring, each with what it means and where the runbook says what to do', async () => {
    answer({
      DescribeAlarms: {
        MetricAlarms: [
          ALARM,
          { AlarmName: 'Escalator-Other', StateValue: 'ALARM', AlarmDescription: 'What to do: javascript:x' },
          { ...ALARM, AlarmName: 'Escalator-Fine', StateValue: 'OK' },
        ],
      },
    });
    expect((await reader.read(NOW)).alarms).toEqual({
      readAt: NOW,
      count: 3,
      ringing: [
        {
          name: 'Escalator-Lateness',
          since: NOW - MINUTE_MS,
          meaning: 'Callers are affected. Updates are late.',
          runbookUrl: 'https://wiki.example.com/runbook#lateness',
        },
        { name: 'Escalator-Other', meaning: 'What to do: javascript:x' },
      ],
    });
  });

  test('has no alarms where the deployment is without them', async () => {
    const deployment = await findDeployment({ prefix: '/connect-escalator', ...options });
    expect(await new OutsideReader(deployment, options).read(NOW)).toMatchObject({ missing: [] });
    expect(requests).not.toContain('DescribeAlarms');
  });

  test('has how many messages each dead-letter queue holds', async () => {
    const client = new SQSClient(system.clientConfig);
    const { url } = system.queues.ruleMessagesDlq;
    await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
    client.destroy();
    const { deadLetters } = await reader.read(NOW);
    expect(deadLetters?.queues).toHaveLength(6);
    expect(deadLetters?.queues.filter(({ messages }) => messages > 0)).toEqual([
      { queue: 'RuleMessagesDlq', messages: 1 },
    ]);
  });

  test('is read once a minute, and the cost of that is known', async () => {
    requests = [];
    const first = await reader.read(NOW);
    const count = requests.length;
    expect(await reader.read(NOW + MINUTE_MS - 1)).toBe(first);
    expect(requests).toHaveLength(count);
    await reader.read(NOW + MINUTE_MS);
    expect(requests).toHaveLength(2 * count);
    expect(requests.filter((name) => name === 'GetMetricData')).toHaveLength(2);
    expect(Object.keys(METRIC_REQUESTS)).toHaveLength(10);
  });

  test.each([
    ['GetMetricData', 'metrics', 'cloudwatch:GetMetricData'],
    ['DescribeAlarms', 'alarms', 'cloudwatch:DescribeAlarms'],
  ])(
    'is left out where %s is denied, with a sentence that names the permission',
    async (operation, part, action) => {
      expect(await reader.read(NOW)).toHaveProperty(part);
      answer({ [operation]: denied });
      const figures = await reader.read(NOW + MINUTE_MS);
      expect(figures).not.toHaveProperty(part);
      expect(figures).toHaveProperty('deadLetters');
      expect(figures.missing).toEqual([
        expect.stringMatching(new RegExp(`^Left out: .*\\. IAM does not allow ${action}\\.$`)),
      ]);
      answer({});
      expect((await reader.read(NOW + 2 * MINUTE_MS)).missing).toEqual([]);
    },
  );

  test('stays as it was while CloudWatch does not answer, which is said', async () => {
    system.measured('WaitingContacts', LAST, 9);
    const { metrics } = await reader.read(NOW);
    answer({ GetMetricData: new AwsError('InternalServiceFault', 'try again', 500) });
    const later = await reader.read(NOW + MINUTE_MS);
    expect(later.metrics).toEqual(metrics);
    expect(later.missing).toEqual([
      'Not read now: calls a second, lateness, throttles and the last hour. ' +
        'Could not call cloudwatch:GetMetricData: InternalServiceFault: try again.',
    ]);
  });
});
