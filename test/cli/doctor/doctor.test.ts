import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { VERSION } from '../../../lambda/domain/version.ts';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { RESOURCES } from '../../../local/system/resource-names.ts';
import { ANN, MINUTE_MS, NOW, startDeployedSystem } from './deployed-system.ts';

const HOUR_MS = 60 * MINUTE_MS;
const BOB = '99999999-2222-3333-4444-555555555555';

let system: Awaited<ReturnType<typeof startDeployedSystem>>;
beforeAll(async () => {
  system = await startDeployedSystem();
  await system.put('policies/gold', 'steps: [{ after: 1m, set: { priority: 1 } }]');
  await system.put('settings', 'updateRate: 20');
  await system.compile();
});
afterAll(() => system.stop());

beforeEach(() => {
  system.state.intercept = () => undefined;
  system.state.rules = new Set(RESOURCES.rules);
  system.state.schedules = [RESOURCES.schedule];
  system.state.quotas = { UpdateContactRoutingData: 20, DescribeContact: 10 };
  system.state.deployedAt = NOW - 24 * HOUR_MS;
  system.work();
});

/** What the command prints of one check, and whether the rest is well. */
async function look(check: string) {
  const { code, out } = await system.doctor('--json');
  const { findings } = JSON.parse(out) as {
    findings: { check: string; level: string; text: string; next?: string }[];
  };
  return {
    code,
    found: findings.filter((finding) => finding.check === check),
    others: findings.filter((finding) => finding.check !== check && finding.level !== 'ok'),
  };
}

/** Expects that one check found one thing that is wrong, and the others nothing. */
async function expectFinding(check: string, level: 'warning' | 'failure', text: RegExp, next: RegExp) {
  const { code, found, others } = await look(check);
  expect(others).toEqual([]);
  const wrong = found.filter((finding) => finding.level !== 'ok');
  expect(wrong).toEqual([
    { check, level, text: expect.stringMatching(text), next: expect.stringMatching(next) },
  ]);
  expect(code).toBe(level === 'failure' ? 1 : 0);
}

describe('a deployment that works', () => {
  test('has a line for each check, and the exit code 0', async () => {
    const { code, out, err } = await system.doctor();
    expect(err).toBe('');
    expect(out.split('\n').map((line) => line.slice(0, 30).trim())).toEqual(
      [
        'ok       Credentials',
        'ok       Clock',
        'ok       Deployment',
        'ok       Instances',
        'ok       Names in policies',
        'ok       Configuration',
        'ok       Functions',
        'ok       Rules',
        'ok       Queues',
        'ok       Schedule',
        'ok       Contact events',
        'ok       Sweep',
        'ok       Changes',
        'ok       Alarms',
        'ok       Dead letters',
        'ok       Quotas',
        'ok       Quotas',
        'ok       Quota owner',
        'ok       Account concurrency',
        '',
        '19 ok, 0 warnings, no failures',
        '',
      ].map((line) => line.slice(0, 30)),
    );
    expect(out).toContain(`Version ${VERSION} is deployed, and this is it.`);
    expect(out).toContain('The last was made within the last two minutes; 7 contacts wait in queues.');
    expect(code).toBe(0);
  });

  test('prints one JSON document with --json', async () => {
    const { out } = await system.doctor('--json');
    expect(JSON.parse(out)).toMatchObject({ healthy: true, findings: expect.arrayContaining([]) });
  });
});

describe('what is wrong has a line of its own, with the next step', () => {
  test('a rule that is disabled', async () => {
    system.state.intercept = (_, operation) =>
      operation === 'DescribeRule' ? { Name: 'r', State: 'DISABLED' } : undefined;
    const { found } = await look('Rules');
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({
      level: 'failure',
      text: 'ContactEvents is disabled: its events are lost.',
      next: 'aws events enable-rule --name ContactEvents',
    });
  });

  test('a rule that was deleted', async () => {
    system.state.rules.delete('ContactEvents');
    await expectFinding('Rules', 'failure', /^ContactEvents does not exist/, /Deploy the stack/);
  });

  test('a schedule that was deleted', async () => {
    system.state.schedules = [];
    await expectFinding('Schedule', 'failure', /does not exist/, /Deploy the stack/);
  });

  test('a schedule that is disabled', async () => {
    system.state.intercept = (service) =>
      service === 'scheduler' ? { Name: 'Sweep', State: 'DISABLED' } : undefined;
    await expectFinding('Schedule', 'failure', /is disabled: lost messages/, /Enable it/);
  });

  test('a function that does not exist', async () => {
    system.state.intercept = (_, path) =>
      path.endsWith('/dispatch/configuration')
        ? new AwsError('ResourceNotFoundException', 'Function not found', 404)
        : undefined;
    await expectFinding('Functions', 'failure', /^Dispatch \(dispatch\) does not exist/, /Deploy/);
  });

  test('a function whose code could not be started', async () => {
    system.state.intercept = (_, path) =>
      path.endsWith('/dispatch/configuration') ? { State: 'Failed', StateReason: 'no subnet' } : undefined;
    await expectFinding('Functions', 'failure', /state Failed: no subnet/, /Deploy/);
  });

  test.each([
    ['disabled', { State: 'Disabled' }, /wait: its event source mapping is disabled/, /--uuid u --enabled/],
    ['failing', { State: 'Enabled', LastProcessingResult: 'PROBLEM: denied' }, /PROBLEM: denied/, /log/],
  ])('a queue whose event source mapping is %s', async (_case, mapping, text, next) => {
    system.state.intercept = (service, path) =>
      service === 'lambda' && path.includes('event-source-mappings')
        ? { EventSourceMappings: [{ UUID: 'u', EventSourceArn: system.queues.dispatch.arn, ...mapping }] }
        : undefined;
    const { found } = await look('Queues');
    expect(found).toContainEqual({
      check: 'Queues',
      level: 'failure',
      text: expect.stringMatching(text),
      next: expect.stringMatching(next),
    });
    // The other queues have no mapping at all.
    for (const queue of ['RuleMessages', 'OperatorMessages', 'WakeUps']) {
      const text = `No function receives the messages of ${queue}.`;
      expect(found).toContainEqual(expect.objectContaining({ text }));
    }
  });

  test.each([
    ['ran an hour ago', NOW - HOUR_MS - MINUTE_MS, /last ran 1h ago: lost messages/],
    ['ran days ago', NOW - 50 * HOUR_MS, /last ran 2d[12]h ago/],
    ['never ran', undefined, /has not run in the last 15 days/],
  ])('a sweep that %s', async (_case, at, text) => {
    system.work({ without: 'sweep' });
    if (at !== undefined) system.invoked('sweep', at);
    await expectFinding('Sweep', 'failure', text, /schedule's line/);
  });

  test('a sweep that fails', async () => {
    system.failed('sweep', NOW - MINUTE_MS);
    await expectFinding('Sweep', 'failure', /and failed/, /log of the function Sweep/);
  });

  test('but a sweep that was deployed a minute ago need not have run', async () => {
    system.work({ without: 'sweep' });
    system.state.deployedAt = NOW - MINUTE_MS;
    const { found } = await look('Sweep');
    expect(found).toEqual([{ check: 'Sweep', level: 'ok', text: expect.stringMatching(/not run yet/) }]);
  });

  test('no contact events', async () => {
    system.work({ without: 'contact-events' });
    await expectFinding('Contact events', 'warning', /No contact event arrived/, /account and Region/);
  });

  test('a change that has been due for long', async () => {
    system.measured('OldestPendingAge', NOW - MINUTE_MS, 720);
    await expectFinding('Changes', 'failure', /has been due for 12m/, /runbook/);
  });

  test('an alarm that rings, and alarms that would tell nobody', async () => {
    await system.put(
      'deployment',
      await withResources({ ...RESOURCES, alarmPrefix: 'ConnectEscalator-EscalatorAlarms' }),
    );
    system.state.intercept = (_, operation) =>
      operation === 'DescribeAlarms'
        ? {
            MetricAlarms: [
              {
                AlarmName: 'ConnectEscalator-EscalatorAlarmsLateness',
                AlarmDescription: 'Updates are late.',
                StateValue: 'ALARM',
                ActionsEnabled: true,
                AlarmActions: ['arn:aws:sns:eu-central-1:123456789012:on-call'],
              },
              { AlarmName: 'ConnectEscalator-EscalatorAlarmsOther', StateValue: 'OK', ActionsEnabled: true },
            ],
          }
        : undefined;
    const { code, found } = await look('Alarms');
    expect(found).toEqual([
      {
        check: 'Alarms',
        level: 'failure',
        text: 'ConnectEscalator-EscalatorAlarmsLateness rings.',
        next: 'Updates are late.',
      },
      expect.objectContaining({ level: 'warning', text: '1 alarm would tell nobody.' }),
    ]);
    expect(code).toBe(1);
    await system.put('deployment', await withResources(RESOURCES));
  });

  test.each([
    [{ UpdateContactRoutingData: 5, DescribeContact: 10 }, 'failure', /AWS grants 5 calls/, /updateRate: 5/],
    [{ UpdateContactRoutingData: 20 }, 'warning', /does not list DescribeContact/, /AWS Support/],
  ] as const)('quotas %j', async (quotas, level, text, next) => {
    system.state.quotas = quotas;
    await expectFinding('Quotas', level, text, next);
  });

  test('more quota than the settings use is well', async () => {
    system.state.quotas = { UpdateContactRoutingData: 50, DescribeContact: 10 };
    const { found } = await look('Quotas');
    expect(found[0]).toMatchObject({
      level: 'ok',
      text: 'AWS grants 50 calls of UpdateContactRoutingData a second; updateRate: 20 uses less.',
    });
  });

  test.each([
    [
      'another prefix',
      { stack: 'arn:other', prefix: '/other' },
      /prefix \/other has .*arn:other/,
      /delete the other/,
    ],
    ['no prefix', { owner: 'me' }, /does not say which stack/, /"prefix":"\/connect-escalator"/],
    [
      'nothing: it was deleted',
      undefined,
      /does not exist/,
      /put-parameter --name \/connect-escalator-quota/,
    ],
  ])('a parameter of the quota that names %s', async (_case, value, text, next) => {
    await system.writeQuotaGuard(value && JSON.stringify(value));
    await expectFinding('Quota owner', 'warning', text, next);
    await system.writeQuotaGuard(JSON.stringify({ stack: 'arn:own', prefix: '/connect-escalator' }));
  });

  test('an account with the concurrency of a new one', async () => {
    system.state.intercept = (_, path) =>
      path.includes('account-settings')
        ? { AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } }
        : undefined;
    await expectFinding('Account concurrency', 'warning', /10 executions at once/, /Service Quotas/);
  });

  test('an instance that Connect does not know', async () => {
    system.state.intercept = (_, path) =>
      path.startsWith('/instance/') ? new AwsError('ResourceNotFoundException', 'none', 404) : undefined;
    await expectFinding('Instances', 'failure', /no instance 11111111/, /account and Region/);
  });

  test.each([
    ['my-centre', 'failure', /^The settings name my-centre, .* no contact is escalated\.$/],
    [
      'my-centre, 11111111-2222-3333-4444-555555555555',
      'warning',
      /^The settings name my-centre, which the deployment does not serve\.$/,
    ],
  ] as const)('settings for instances that are not deployed: %s', async (ids, level, text) => {
    await system.put('settings', `updateRate: 20\ninstances: [${ids}]`);
    await system.compile();
    await expectFinding('Instances', level, text, /\(11111111-2222-3333-4444-555555555555\), or leave out/);
    await system.put('settings', 'updateRate: 20');
    await system.compile();
  });

  test('dead letters', async () => {
    const client = new SQSClient(system.clientConfig);
    await client.send(
      new SendMessageCommand({ QueueUrl: system.queues.contactEventsDlq.url, MessageBody: '{}' }),
    );
    await expectFinding('Dead letters', 'warning', /ContactEventsDlq holds about 1/, /escalator redrive/);
    await client.send(new PurgeQueueCommand({ QueueUrl: system.queues.contactEventsDlq.url }));
    client.destroy();
  });
});

describe('the configuration', () => {
  test('names what was refused, and what is in force instead', async () => {
    await system.put('policies/gold', 'steps: [{ aftr: 1m }]');
    await system.compile();
    const { found, code } = await look('Configuration');
    expect(found[1]).toMatchObject({
      level: 'warning',
      text: expect.stringMatching(/^policies\/gold: version 2 is invalid .* Version 1 has been in force/),
    });
    expect(code).toBe(0);
    expect((await system.doctor('--strict')).code).toBe(1);
    await system.put('policies/gold', 'steps: [{ after: 1m, set: { priority: 1 } }]');
    await system.compile();
  });

  test('says that the kill switch is on', async () => {
    await system.put('pause', '{}');
    await system.compile();
    const { found } = await look('Configuration');
    expect(found[1]).toMatchObject({ level: 'warning', next: expect.stringMatching(/^escalator resume/) });
    await system.deleteParameter('pause');
    await system.compile();
  });

  test('says when SSM has a version that nobody compiled', async () => {
    await system.put('policies/gold', 'steps: [{ after: 2m, set: { priority: 1 } }]');
    const { found } = await look('Configuration');
    expect(found[1]).toMatchObject({
      level: 'failure',
      text: expect.stringMatching(/^Version \d of policies\/gold, of .*, is not compiled/),
    });
    await system.compile();
  });

  test('names what Connect does not know', async () => {
    await system.put(
      'policies/names',
      [
        'match: { queue: { id: [billing, closed] } }',
        'steps:',
        '  - after: 1m',
        `    set: { route: ["Language:English >= 3 or Language:Klingon >= 1 for 1m", "agents ${ANN}, ${BOB} for 1m"] }`,
      ].join('\n'),
    );
    await system.compile();
    const { found } = await look('Names in policies');
    expect(found.map(({ level, text }) => ({ level, text }))).toEqual([
      { level: 'warning', text: 'names: Connect does not know the queue closed.' },
      {
        level: 'warning',
        text: 'names: Connect does not know the value Klingon of the attribute Language.',
      },
      { level: 'warning', text: `names: Connect does not know the agent ${BOB}.` },
    ]);
    await system.deleteParameter('policies/names');
    await system.compile();
  });

  test('names the condition and the list of agents that Connect does not know', async () => {
    await system.put('settings', `agents: { team: [${ANN}, ${BOB}] }`);
    await system.put(
      'conditions/busy',
      'queues: [billing, closed]\nwhen: { waiting: [{ numeric: [">", 50] }] }',
    );
    await system.put(
      'policies/busy',
      'match: { signals: [busy] }\nsteps: [{ after: 1m, set: { route: ["agents @team for 1m"] } }]',
    );
    await system.compile();
    const { found } = await look('Names in policies');
    expect(found.map(({ text, next }) => [text, next])).toEqual([
      [
        'condition busy: Connect does not know a queue of the name closed.',
        expect.stringContaining('until then the condition never holds there'),
      ],
      [
        `list @team of the settings: Connect does not know the agent ${BOB}.`,
        expect.stringContaining('Correct the list'),
      ],
    ]);
    for (const name of ['policies/busy', 'conditions/busy', 'settings']) await system.deleteParameter(name);
    await system.compile();
  });
});

describe('what cannot be read', () => {
  test.each([
    ['lambda', ['Functions', 'Queues', 'Account concurrency']],
    ['events', ['Rules']],
    ['scheduler', ['Schedule']],
    ['cloudwatch', ['Activity']],
    ['service-quotas', ['Quotas']],
    ['connect', ['Instances']],
  ])('is a warning, when IAM denies %s, and the other checks go on', async (denied, checks) => {
    system.state.intercept = (service) =>
      service === denied ? new AwsError('AccessDeniedException', 'not authorized', 403) : undefined;
    const { code, out } = await system.doctor('--json');
    const { findings } = JSON.parse(out);
    const warnings = findings.filter(({ level }: { level: string }) => level === 'warning');
    expect(warnings.map(({ check }: { check: string }) => check)).toEqual(checks);
    for (const { text, next } of warnings) {
      expect(text).toMatch(/^Could not look at .*AccessDenied/);
      expect(next).toMatch(/access\.md/);
    }
    expect(findings.length).toBeGreaterThan(12);
    expect(code).toBe(0);
  });

  test('ends it, when there are no credentials', async () => {
    system.state.intercept = (service) =>
      service === 'sts' ? new AwsError('InvalidClientTokenId', 'The token is not valid.', 403) : undefined;
    const { code, out } = await system.doctor();
    expect(out).toMatch(/^failure {2}Credentials/);
    expect(out).toContain('0 ok, 0 warnings, 1 failure.');
    expect(code).toBe(1);
  });

  test('ends it, when nothing is deployed below the prefix', async () => {
    const { code, out } = await system.doctor('--prefix', '/other');
    expect(out).toMatch(/failure {2}Deployment +SSM parameter \/other\/deployment not found/);
    expect(code).toBe(1);
  });
});

async function withResources(resources: object): Promise<string> {
  return JSON.stringify({ ...JSON.parse(await system.get('deployment')), resources });
}

describe('docs/cli.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/cli.md'), 'utf8');
  const section = page.slice(page.indexOf('\n## doctor\n'), page.indexOf('\n## completion\n'));

  test('has a row for each check', async () => {
    const { out } = await system.doctor('--json');
    const checks = new Set(JSON.parse(out).findings.map(({ check }: { check: string }) => check));
    const rows = [...section.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, names = '']) => names.split(', '));
    expect(new Set(rows.filter((name) => name !== 'Check' && !/^-+$/.test(name)))).toEqual(checks);
  });

  test('shows lines as the command prints them', async () => {
    const { out } = await system.doctor();
    const printed = new Set(out.split('\n').map((line) => line.slice(0, 30).slice(9)));
    const shown = [...section.matchAll(/^(?:ok|warning|failure) +\S.*$/gm)].map(([line]) => line);
    expect(shown.length).toBeGreaterThan(5);
    for (const line of shown) expect(printed).toContain(line.slice(9, 30));
  });
});
