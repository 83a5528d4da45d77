import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from '../../cli/program.ts';
import type { SourceKind } from '../../cli/sources/source.ts';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { queuedContact, saveAt } from '../support/contacts.ts';
import { NOW, startDeployedSystem } from './doctor/deployed-system.ts';
import { watchOnce } from './support/console-page.ts';
import { allows, type Statement, startIam } from './support/iam.ts';
import { cli, directoryWith } from './support/run-cli.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/access.md'), 'utf8');

/** The policy below each heading of the page. */
const POLICIES = new Map(
  [...PAGE.matchAll(/^## ([^\n]+)\n\n```json\n(.*?)^```$/gms)].map(
    ([, heading = '', json = '']) => [heading, JSON.parse(json) as Statement[]] as const,
  ),
);

let system: Awaited<ReturnType<typeof startDeployedSystem>>;
let iam: Awaited<ReturnType<typeof startIam>>;
let files: ReturnType<typeof directoryWith>;
let allowed: readonly Statement[] = [];
const CONTACT_ID = '33333333-2222-3333-4444-555555555555';
const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';
const GOLD = 'steps: [{ after: 1m, set: { priority: 1, route: ["Language:English >= 1"] } }]\n';
const CONTACT = JSON.stringify({ enqueuedAt: '2026-11-23T10:00:00Z' });
const NAMES = `match: { queue: { id: [billing] } }
steps: [{ after: 1m, set: { route: ["agents ${INSTANCE_ID} for 1m", "Language:English >= 1"] } }]
`;
const CALENDAR = 'timezone: Europe/Berlin\nhours: ["Mon-Fri 09:00-18:00"]\n';
const CONDITION = 'when: { waiting: [{ numeric: [">", 50] }] }\n';

/** The names of each kind of parameter that `push` writes. */
const PARAMETERS: Readonly<Record<SourceKind, string>> = {
  policy: 'policies/*',
  calendar: 'calendars/*',
  condition: 'conditions/*',
  settings: 'settings',
};

beforeAll(async () => {
  system = await startDeployedSystem();
  iam = await startIam(system.url, () => allowed);
  files = directoryWith({
    'contact.json': CONTACT,
    'policies/gold.yaml': GOLD,
    'policies/names.yaml': NAMES,
    'policies/old.yaml': GOLD,
    'policies/calendars/office.yaml': CALENDAR,
    'policies/conditions/busy.yaml': CONDITION,
    'stray/calendars/stray.yaml': CALENDAR,
    'stray/conditions/stray.yaml': CONDITION,
    'stray/stray.yaml': GOLD,
    'fresh/gold.yaml': GOLD,
    'fresh/names.yaml': NAMES,
    'fresh/settings.yaml': `instances: [${INSTANCE_ID}, other]\n`,
    'policies/settings.yaml': `instances: [${INSTANCE_ID}, other]\n`,
  });
  await system.put('policies/gold', GOLD);
  await system.put('policies/gold', GOLD.replace('1m', '2m'));
  await system.put('policies/names', NAMES);
  await system.put('calendars/office', CALENDAR.replace('Mon', 'Tue'));
  await system.put('conditions/busy', CONDITION.replace('50', '60'));
  await system.put('settings', 'updateRate: 20\n');
  await system.compile();
  system.work();
  await saveContact();
});
afterAll(async () => {
  files.remove();
  await iam.stop();
  await system.stop();
});

async function saveContact(): Promise<void> {
  const client = new DynamoDBClient(system.clientConfig);
  const key = { instanceId: INSTANCE_ID, contactId: CONTACT_ID };
  const record = { ...queuedContact(key), ...key };
  await saveAt(new ContactsTable(client, 'Contacts'), record, 0, NOW);
  client.destroy();
}

/** Puts a message that can be resent into each dead-letter queue, and one that cannot. */
async function sendDeadLetters(): Promise<void> {
  const client = new SQSClient(system.clientConfig);
  const key = { instanceId: INSTANCE_ID, contactId: CONTACT_ID };
  const {
    contactEventsDlq,
    ruleMessagesDlq,
    operatorMessagesDlq,
    wakeUpsDlq,
    dispatchDlq,
    policyChangesDlq,
  } = system.queues;
  const send = (QueueUrl: string, body: object, fifo = {}) =>
    client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(body), ...fifo }));
  await send(ruleMessagesDlq.url, { type: 'signal', signal: 'vip', ...key });
  await send(operatorMessagesDlq.url, { type: 'release', ...key });
  await send(wakeUpsDlq.url, { type: 'wake', ...key, wakeAt: '2026-11-23T10:00:00Z' });
  await send(contactEventsDlq.url, { type: 'nothing' });
  await send(policyChangesDlq.url, { source: 'aws.ssm' });
  await send(dispatchDlq.url, key, { MessageGroupId: 'quota', MessageDeduplicationId: '1' });
  client.destroy();
}

/** Compiles what the other commands have left, and has the deployment name its alarms. */
async function nameAlarms(): Promise<void> {
  await system.compile();
  const deployment = JSON.parse(await system.get('deployment'));
  const resources = { ...deployment.resources, alarmPrefix: 'ConnectEscalator-' };
  await system.put('deployment', JSON.stringify({ ...deployment, resources }));
  const AlarmActions = ['arn:aws:sns:eu-central-1:123456789012:on-call'];
  system.state.intercept = (_, operation) =>
    operation === 'DescribeAlarms'
      ? { MetricAlarms: [{ AlarmName: 'ConnectEscalator-Lateness', StateValue: 'OK', AlarmActions }] }
      : undefined;
}

/** SearchContacts finds a chat that waits unknown. */
async function findChat(): Promise<void> {
  const QueueInfo = { Id: 'q', EnqueueTimestamp: NOW / 1_000 - 60 };
  system.state.intercept = (_, operation) =>
    operation.endsWith('search-contacts')
      ? { Contacts: [{ Id: 'chat-1', Channel: 'CHAT', QueueInfo }] }
      : undefined;
}

interface Scenario {
  /** Arguments of `escalator`, without those of AWS. */
  readonly args: readonly string[];
  readonly before?: () => Promise<unknown>;
  /** Default: 0. */
  readonly code?: number;
  /** Whether it serves a page until a person interrupts it. */
  readonly isServing?: true;
  /** What is done through the page that is served. */
  readonly acts?: readonly object[];
}

/** One of each kind. */
const ACTS: readonly object[] = [
  { type: 'release', instanceId: INSTANCE_ID, contactId: CONTACT_ID },
  { type: 'signal', signal: 'vip', instanceId: INSTANCE_ID, contactId: CONTACT_ID },
  { type: 'pause', reason: 'a test' },
  { type: 'resume' },
];

/** What makes each command use all of its permissions. */
const SCENARIOS: Readonly<Record<string, readonly Scenario[]>> = {
  'check --against-connect': [{ args: ['check', 'policies', '--against-connect'] }],
  'explain --contact-id': [{ args: ['explain', '--contact-id', CONTACT_ID] }],
  'explain --contact-file': [{ args: ['explain', '--contact-file', 'contact.json'] }],
  status: [{ before: nameAlarms, args: ['status'] }],
  list: [{ args: ['list'] }],
  watch: [{ args: ['watch', '--port', '0'], isServing: true }],
  'watch --operate': [
    { args: ['watch', '--operate', '--port', '0'], isServing: true, acts: ACTS },
    {
      before: () => system.put('settings', 'pause: [\n'),
      args: ['watch', '--operate', '--port', '0'],
      isServing: true,
      acts: [{ type: 'resume' }],
    },
  ],
  diff: [{ before: () => system.put('settings', 'updateRate: 20\n'), args: ['diff', 'policies'], code: 1 }],
  plan: [
    { args: ['plan', 'policies'], code: 1 },
    // What others wrote is known by its description, in the history; and so is an earlier pause of invalid settings.
    { args: ['plan', 'stray', '--prune'], code: 1 },
    { before: () => system.put('settings', 'pause: [\n'), args: ['plan', 'policies'], code: 1 },
  ],
  pull: [{ before: () => system.put('settings', 'updateRate: 20\n'), args: ['pull', 'pulled'] }],
  push: [
    // Whether deleted settings have left a pause in force is known by the table.
    { before: () => system.deleteParameter('settings'), args: ['push', 'policies', '--yes'] },
    {
      before: async () => rmSync(join(files.path, 'policies/old.yaml')),
      args: ['push', 'policies', '--prune', '--yes'],
    },
    // What another folder has pushed is known by its description, in the history.
    { args: ['push', 'stray', '--yes'] },
    { args: ['push', 'fresh', '--prune', '--yes'] },
  ],
  rollback: [
    { args: ['rollback', 'gold'] },
    {
      before: async () => {
        await system.put('calendars/office', CALENDAR);
        await system.put('calendars/office', CALENDAR.replace('Mon', 'Wed'));
      },
      args: ['rollback', 'calendars/office'],
    },
    {
      before: async () => {
        await system.put('conditions/busy', CONDITION);
        await system.put('conditions/busy', CONDITION.replace('50', '70'));
      },
      args: ['rollback', 'conditions/busy'],
    },
    { before: () => system.put('settings', 'pause: [\n'), args: ['rollback', 'settings'] },
  ],
  pause: [{ args: ['pause', '--reason', 'a test'] }],
  resume: [
    { args: ['resume'] },
    { before: () => system.put('settings', 'pause: [\n'), args: ['resume'] },
    { before: () => system.deleteParameter('settings'), args: ['resume'] },
  ],
  send: [
    { args: ['send', 'signal', 'vip', '--contact-id', CONTACT_ID] },
    { args: ['send', 'release', '--contact-id', CONTACT_ID] },
  ],
  'send signal --queue': [{ args: ['send', 'signal', 'vip', '--queue', 'billing'] }],
  redrive: [{ before: sendDeadLetters, args: ['redrive'], code: 1 }],
  adopt: [{ before: findChat, args: ['adopt', '--days', '1'] }],
  doctor: [{ before: nameAlarms, args: ['doctor'] }],
};

async function run({ args, before, isServing, acts }: Scenario) {
  await before?.();
  const options = ['--endpoint-url', iam.url, '--region', 'eu-central-1'];
  if (isServing) {
    const found = await watchOnce(
      [...args, ...options],
      [`contacts/${INSTANCE_ID}/${CONTACT_ID}/UTC`],
      {},
      acts,
    );
    const sent = found.answers.slice(1).map((answer) => JSON.parse(answer).type);
    expect(sent).toEqual((acts ?? []).map((act) => (act as { readonly type: string }).type));
    return found;
  }
  return cli([...args, ...options], { now: NOW, cwd: files.path });
}

describe('docs/access.md', () => {
  test('has a policy for each command that calls AWS', () => {
    expect([...POLICIES.keys()]).toEqual(Object.keys(SCENARIOS));
    const commands = createProgram({ io: {} as never, setExitCode() {} }).commands.map((command: Command) =>
      command.name(),
    );
    const without = [
      'check',
      'test-pattern',
      'simulate',
      'recommend',
      'replay',
      'calibrate',
      'backtest',
      'stack',
      'completion',
    ];
    const documented = new Set([...POLICIES.keys()].map((heading) => heading.split(' ')[0]));
    expect([...new Set([...without, ...documented])].sort()).toEqual([...commands].sort());
    for (const name of without) expect(PAGE).toContain(`\`${name}\``);
  });

  test('names each kind of parameter where it names policies', () => {
    const below = (name: string) =>
      `arn:aws:ssm:eu-central-1:123456789012:parameter/connect-escalator/${name}`;
    const lists = [...POLICIES].flatMap(([heading, statements]) =>
      statements
        .map(({ Resource }) => [Resource].flat())
        // The console says who wrote policies, and nothing of the other kinds.
        .filter((resources) => resources.includes(below('policies/*')) && heading !== 'watch')
        .map((resources) => ({ heading, resources })),
    );
    const resources = Object.values(PARAMETERS).map(below);
    expect(lists).toEqual(['plan', 'push', 'rollback'].map((heading) => ({ heading, resources })));
  });

  test.each(Object.entries(SCENARIOS))('%s needs exactly its policy', async (heading, scenarios) => {
    const policy = POLICIES.get(heading) ?? [];
    allowed = policy;
    iam.used.length = 0;
    iam.denied.length = 0;
    for (const scenario of scenarios) {
      const { code, err } = await run(scenario);
      expect({ args: scenario.args, code, err: code === (scenario.code ?? 0) ? '' : err }).toEqual({
        args: scenario.args,
        code: scenario.code ?? 0,
        err: '',
      });
    }
    expect(iam.denied).toEqual([]);
    // Each action and each resource is there for something.
    for (const { Effect, Action, Resource } of policy) {
      for (const action of [Action].flat()) {
        const statement: Statement = { Effect, Action: action, Resource };
        expect([action, iam.used.some((needed) => allows(statement, needed))]).toEqual([action, true]);
      }
      for (const resource of [Resource].flat()) {
        const statement: Statement = { Effect, Action, Resource: resource };
        expect([resource, iam.used.some((needed) => allows(statement, needed))]).toEqual([resource, true]);
      }
    }
  });
});

describe('without the permission to read the table', () => {
  const withoutTable = (heading: string) =>
    (POLICIES.get(heading) ?? []).filter(({ Action }) => ![Action].flat().includes('dynamodb:GetItem'));

  test('settings are not pushed where that could end the pause of settings that were deleted', async () => {
    allowed = withoutTable('push');
    await system.deleteParameter('settings').catch(() => {});
    const { code, err } = await run({ args: ['push', 'fresh', '--force'] });
    expect(code).toBe(3);
    expect(err).toContain(
      'Nothing was written: the settings in force may have a pause, which these would end.',
    );
    expect(err).toContain('pass --end-pause');
    expect((await run({ args: ['push', 'fresh', '--force', '--end-pause'] })).code).toBe(0);
  });

  test('resume does not say that calls start', async () => {
    allowed = withoutTable('resume');
    await system.deleteParameter('settings').catch(() => {});
    const { code, out, err } = await run({ args: ['resume'] });
    expect({ code, out }).toEqual({ code: 1, out: expect.not.stringContaining('calls Connect again') });
    expect(err).toContain('Calls may remain stopped by settings that were deleted: that is not known.');
  });
});
