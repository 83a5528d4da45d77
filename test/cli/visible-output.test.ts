import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createProgram } from '../../cli/program.ts';
import { renderText } from '../../cli/styled-text.ts';
import { createVisibleIo } from '../../cli/visible-io.ts';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { QueueStateTable } from '../../lambda/aws/queue-state-table.ts';
import { visibleLine, visibleText } from '../../lambda/domain/visible-text.ts';
import { createSts } from '../../local/services/sts.ts';
import type { createQueues } from '../../local/system/queues.ts';
import { createTable } from '../../local/system/table.ts';
import { ACCOUNT } from '../local/fixtures/aws.ts';
import { atSecond, QUEUE_ARN, queuedContact, saveAt, T0 } from '../support/contacts.ts';
import { eventsOf } from './replay/fixture.ts';
import { awsForCli } from './support/aws.ts';
import { type CliInput, cli, createIo, directoryWith } from './support/run-cli.ts';

/* Whatever a command prints of what others wrote, the terminal shows it and does not act on it. */

const ROOT = join(import.meta.dirname, '../..');

/** An escape sequence of C0 and one of C1, a return to the start of the line, and text that reads otherwise than it is. */
const HOSTILE = 'vip\u001b[2J\u009b31m\r\u202egood\u2066\u200f\u2028';
const SHOWN = 'vip\\u001b[2J\\u009b31m\\u000d\\u202egood\\u2066\\u200f\\u2028';
const RAW = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
/** Nothing of it is without meaning in the name of a file. */
const HOSTILE_NAME = HOSTILE.toLowerCase();

const POLICY = { steps: [{ after: '0s', set: { priority: 2 } }] };
/** A scenario whose names are hostile. */
const HOSTILE_DAY = {
  name: HOSTILE,
  start: '2026-12-07T08:00:00+01:00',
  hours: 1,
  queues: ['service'],
  agents: [{ name: HOSTILE, count: 1, queues: [{ queue: 'service' }] }],
  streams: [
    {
      tier: HOSTILE,
      queue: 'service',
      arrivals: { perHour: 20 },
      handling: { mean: '6m' },
      patience: { mean: '15m' },
    },
  ],
};
const VIEW = { channel: 'VOICE', enqueuedAt: '2026-11-23T10:00:00Z' };

const COMMANDS = createProgram({
  io: createVisibleIo(createIo({}, () => {})),
  setExitCode() {},
}).commands.flatMap((command) =>
  command.commands.length === 0
    ? [[command.name()]]
    : command.commands.map((sub) => [command.name(), sub.name()]),
);

async function printed(args: readonly string[], input: CliInput = {}): Promise<string> {
  const { out, err } = await cli(args, { now: atSecond(60), ...input });
  return out + err;
}

function expectVisible(text: string): void {
  expect(text).not.toMatch(RAW);
  expect(text).toContain('\\u001b[2J\\u009b31m');
}

let aws: Awaited<ReturnType<typeof awsForCli>>;
let sqs: SQSClient;
let ssm: SSMClient;
let dynamoDb: DynamoDBClient;
let queues: Awaited<ReturnType<typeof createQueues>>;
/** What AWS answers to each request; undefined: as it should. */
let awsError: string | undefined;

const failure = () => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': 'ValidationException' },
  body: JSON.stringify({ __type: 'ValidationException', message: awsError, Message: awsError }),
});
const put = (name: string, Value: string) =>
  ssm.send(
    new PutParameterCommand({
      Name: `/connect-escalator/${name}`,
      Value,
      Type: 'String',
      Overwrite: true,
    }),
  );

beforeAll(async () => {
  aws = await awsForCli({
    now: () => atSecond(60),
    beforeSsm: async () => (awsError === undefined ? undefined : failure()),
    services: {
      sts: createSts(ACCOUNT),
      connect: async () =>
        awsError === undefined
          ? {
              status: 200,
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({
                Contacts: [
                  {
                    Id: HOSTILE,
                    Channel: HOSTILE,
                    QueueInfo: { Id: HOSTILE, EnqueueTimestamp: T0 / 1_000 },
                  },
                ],
                TotalCount: 1,
                Instance: { InstanceStatus: HOSTILE },
              }),
            }
          : failure(),
    },
  });
  sqs = new SQSClient(aws.clientConfig);
  ssm = new SSMClient(aws.clientConfig);
  dynamoDb = new DynamoDBClient(aws.clientConfig);
  queues = await aws.deploy();
  await createTable(dynamoDb, 'Contacts');
  const record = {
    ...queuedContact(),
    override: { at: T0, set: { priority: 2 }, actor: `${HOSTILE}\nforged`, sender: HOSTILE, reason: HOSTILE },
    signals: { [HOSTILE]: { at: T0 } },
    history: [{ at: T0, text: `override by ${HOSTILE}\nforged line` }],
  };
  await saveAt(new ContactsTable(dynamoDb, 'Contacts'), record, 0, T0);
  const signals = { [`${HOSTILE}\nforged`]: { at: T0, until: atSecond(999) } };
  await new QueueStateTable(dynamoDb, 'Contacts').save(QUEUE_ARN, { signals }, 0, T0);
});

beforeEach(() => {
  awsError = undefined;
});

afterAll(async () => {
  for (const client of [sqs, ssm, dynamoDb]) client.destroy();
  await aws.stop();
});

describe('the text of a terminal', () => {
  test.each([
    ['an escape sequence', '\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['one of C1', '\u009b2J\u0085', '\\u009b2J\\u0085'],
    ['a return and a backspace', 'a\rb\b', 'a\\u000db\\u0008'],
    ['a delete', '\u007f', '\\u007f'],
    ['all directions', '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e', null],
    ['all isolates', '\u2066\u2067\u2068\u2069', null],
    ['line ends of Unicode', '\u2028\u2029', null],
    [
      'tabs, line feeds, accents, emoji and other scripts',
      'a\tb\né 👩‍👧 עברית 日本',
      'a\tb\né 👩‍👧 עברית 日本',
    ],
  ])('shows %s', (_name, text, shown) => {
    const expected =
      shown ?? [...text].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
    expect(visibleText(text)).toBe(expected);
  });

  test('remains the same JSON', () => {
    const value = { [HOSTILE]: [`${HOSTILE}"\\`, 1] };
    expect(JSON.parse(visibleText(JSON.stringify(value)))).toEqual(value);
  });

  test('of a value has one line', () => {
    expect(visibleLine('a\nb\r\n')).toBe('a\\nb\\u000d\\n');
  });

  test('has its own colours and no others', () => {
    const text = ['a', { text: `b${HOSTILE}`, colour: 'red' as const }];
    expect(renderText(text, true)).toBe(`a\u001b[31mb${SHOWN}\u001b[39m`);
    expect(renderText(text, false)).toBe(`ab${SHOWN}`);
  });

  test('is also that of progress and of questions', async () => {
    const shown: string[] = [];
    const io = createVisibleIo(
      createIo({ status: (text) => shown.push(text), ask: (text) => `${shown.push(text)}` }, () => {}),
    );
    io.status?.(`${HOSTILE}\nx`);
    await io.ask?.(HOSTILE);
    expect(shown).toEqual([`${SHOWN}\\nx`, SHOWN]);
  });
});

/** What a command needs before it looks at the rest. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  replay: ['--policies', 'x'],
  recommend: ['--policies', 'x', '--goals', 'x'],
  pause: ['--reason', 'x'],
  'send override': ['--contact-id', 'c'],
  'send release': ['--contact-id', 'c'],
};

test.each(COMMANDS.map((command) => command.join(' ')))('%s shows what it was called with', async (name) => {
  expectVisible(await printed([...name.split(' '), ...(REQUIRED[name] ?? []), `--${HOSTILE}`]));
});

/** The commands that call AWS. */
const OF_AWS: readonly string[][] = [
  ['explain', '--contact-id', 'c-1'],
  ['status'],
  ['list'],
  ['watch', '--port', '0'],
  ['push', 'DIRECTORY'],
  ['pull', 'DIRECTORY'],
  ['diff', 'DIRECTORY'],
  ['plan', 'DIRECTORY'],
  ['rollback', 'gold', '--to', '1'],
  ['pause', '--reason', 'x'],
  ['resume'],
  ['send', 'signal', 'vip', '--contact-id', 'c-1'],
  ['redrive'],
  ['adopt'],
  ['doctor'],
];

test.each(OF_AWS)('%s shows an error of AWS', async (...args) => {
  awsError = `${HOSTILE} of AWS`;
  const directory = directoryWith({ 'gold.yaml': JSON.stringify(POLICY) });
  const command = args.map((arg) => (arg === 'DIRECTORY' ? directory.path : arg));
  expectVisible(await printed([...command, ...aws.where]));
  directory.remove();
});

/** What others wrote, by the command that prints it. */
const CONTENTS: Readonly<Record<string, () => Promise<string> | string>> = {
  check: () =>
    inDirectory({ [`${HOSTILE_NAME}.yaml`]: `steps: [] # ${HOSTILE}\nmode: "${HOSTILE}"` }, (path) =>
      printed(['check', path]),
    ),
  'test-pattern': () =>
    printed(['test-pattern'], {
      stdin: JSON.stringify({ pattern: { [HOSTILE]: [{ [HOSTILE]: 1 }] }, event: {} }),
    }),
  explain: () =>
    inDirectory(
      {
        'contact.json': JSON.stringify({ ...VIEW, contactId: HOSTILE, tags: { tier: HOSTILE } }),
        'policies/gold.yaml': JSON.stringify({ match: { tags: { tier: [HOSTILE] } }, ...POLICY }),
      },
      (path) =>
        printed(['explain', '--contact-file', `${path}/contact.json`, '--policies', `${path}/policies`]),
    ),
  'explain --contact-id': () => printed(['explain', '--contact-id', 'c-1', ...aws.where]),
  simulate: () =>
    inDirectory(
      {
        'day.yaml': JSON.stringify(HOSTILE_DAY),
        'policies/gold.yaml': JSON.stringify(POLICY),
      },
      (path) => printed(['simulate', `${path}/day.yaml`, '--policies', `${path}/policies`, '--runs', '2']),
    ),
  recommend: () =>
    inDirectory(
      {
        'day.yaml': JSON.stringify(HOSTILE_DAY),
        'goals.yaml': JSON.stringify({ [HOSTILE]: '1 % within 1h' }),
        'draft/gold.yaml': JSON.stringify({
          steps: [{ after: { try: ['0s', '1m'] }, set: { priority: 2 } }],
        }),
      },
      (path) => {
        const files = [`${path}/day.yaml`, '--policies', `${path}/draft`, '--goals', `${path}/goals.yaml`];
        return printed(['recommend', ...files, '--budget', '1s', '--cores', '1', '--without-backtest']);
      },
    ),
  replay: () =>
    inDirectory(
      {
        [`${HOSTILE_NAME}.jsonl`]: `${[
          ...eventsOf({ contactId: HOSTILE, tier: HOSTILE, queue: HOSTILE, queuedAt: 0, connectedAt: 400 }),
          { 'detail-type': `${HOSTILE} Contact Event`, detail: { eventType: HOSTILE } },
        ]
          .map((one) => JSON.stringify(one))
          .join('\n')}\n{ "${HOSTILE}`,
        'policies/gold.yaml': JSON.stringify(POLICY),
      },
      (path) => printed(['replay', path, '--policies', `${path}/policies`]),
    ),
  calibrate: () =>
    inDirectory(
      {
        [`${HOSTILE_NAME}.jsonl`]: Array.from({ length: 12 }, (_, index) =>
          eventsOf({
            contactId: `c-${index}`,
            tier: HOSTILE,
            queue: HOSTILE,
            queuedAt: index,
            connectedAt: 400,
          }),
        )
          .flat()
          .map((one) => JSON.stringify(one))
          .join('\n'),
      },
      (path) => printed(['calibrate', path]),
    ),
  backtest: () => {
    // More than ten contacts in each of ten half hours, so that there are cells.
    const visits = Array.from({ length: 240 }, (_, index) => ({
      contactId: `c-${index}`,
      tier: HOSTILE,
      queue: HOSTILE,
      queuedAt: index * 80,
      connectedAt: index * 80 + 300,
    }));
    return inDirectory(
      {
        'day.yaml': JSON.stringify({
          ...HOSTILE_DAY,
          serviceLevel: '1m',
          queues: [HOSTILE],
          agents: [{ name: HOSTILE, count: 9, queues: [{ queue: HOSTILE }] }],
          streams: [{ tier: HOSTILE, queue: HOSTILE, arrivals: { perHour: 1 }, handling: { mean: '6m' } }],
        }),
        [`${HOSTILE_NAME}.jsonl`]: visits
          .flatMap(eventsOf)
          .map((one) => JSON.stringify(one))
          .join('\n'),
      },
      (path) => printed(['backtest', `${path}/day.yaml`, path, '--runs', '20', '--cores', '1']),
    );
  },
  stack: () =>
    printed(['stack'], { stdin: `${HOSTILE} at f (/var/task/sweep.mjs:1:1) {"version":"${HOSTILE}"}` }),
  push: async () => {
    await put('policies/shown', `${JSON.stringify(POLICY)} # before ${HOSTILE}`);
    return inDirectory({ 'shown.yaml': `${JSON.stringify(POLICY)} # after ${HOSTILE}` }, (path) =>
      printed(['push', path, '--dry-run', ...aws.where]),
    );
  },
  pull: async () => {
    await put('policies/shown', `${JSON.stringify(POLICY)} # ${HOSTILE}`);
    return inDirectory({}, (path) => printed(['pull', path, '--dry-run', ...aws.where]));
  },
  plan: () =>
    inDirectory(
      { 'planned.yaml': JSON.stringify({ ...POLICY, match: { tags: { tier: [HOSTILE] } } }) },
      (path) => printed(['plan', path, ...aws.where]),
    ),
  diff: async () => {
    await put('policies/shown', `${JSON.stringify(POLICY)} # ${HOSTILE}`);
    return inDirectory({ 'other.yaml': JSON.stringify(POLICY) }, (path) =>
      printed(['diff', path, ...aws.where]),
    );
  },
  rollback: async () => {
    await put('policies/back', `${JSON.stringify(POLICY)} # first ${HOSTILE}`);
    await put('policies/back', `${JSON.stringify(POLICY)} # second`);
    return printed(['rollback', 'back', '--to', '1', '--dry-run', ...aws.where]);
  },
  pause: async () => {
    await put('pause', JSON.stringify({ who: HOSTILE, at: '2026-11-23T10:00:00Z', reason: HOSTILE }));
    return printed(['pause', '--reason', 'x', ...aws.where]);
  },
  resume: async () => {
    await put('pause', JSON.stringify({ who: HOSTILE, at: '2026-11-23T10:00:00Z', reason: HOSTILE }));
    return printed(['resume', ...aws.where]);
  },
  'send signal': () => printed(['send', 'signal', HOSTILE, '--contact-id', 'c-1', '--dry-run']),
  'send override': () =>
    printed(['send', 'override', '--contact-id', 'c-1', '--priority', '1', '--actor', HOSTILE, '--dry-run']),
  'send release': () => printed(['send', 'release', '--contact-id', 'c-1', '--actor', HOSTILE, '--dry-run']),
  redrive: async () => {
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queues.operatorMessagesDlq.url,
        MessageBody: '{"type":"override"}',
        // SQS takes no ESC in an attribute, but C1, returns and directions.
        MessageAttributes: {
          ErrorCode: { DataType: 'String', StringValue: 'missing' },
          ErrorMessage: { DataType: 'String', StringValue: HOSTILE.replace('\u001b', '') },
          OriginalMessageId: { DataType: 'String', StringValue: `${HOSTILE.replace('\u001b', '')}\nx` },
        },
      }),
    );
    return (await printed(['redrive', '--dry-run', ...aws.where])).replaceAll('vip[2J', 'vip\\u001b[2J');
  },
  adopt: () => printed(['adopt', '--dry-run', ...aws.where]),
  status: () => printed(['status', ...aws.where]),
  list: () => printed(['list', '--queue', 'q-1', ...aws.where]),
  'list that finds nobody': () => printed(['list', '--find', HOSTILE, '--queue', HOSTILE, ...aws.where]),
  doctor: () => printed(['doctor', ...aws.where]),
};

async function inDirectory(
  files: Readonly<Record<string, string>>,
  run: (path: string) => Promise<string>,
): Promise<string> {
  const directory = directoryWith(files);
  try {
    return await run(directory.path);
  } finally {
    directory.remove();
  }
}

test.each(Object.keys(CONTENTS))('%s shows what others wrote', async (command) => {
  const text = (await CONTENTS[command]?.()) ?? '';
  expectVisible(text);
});

test('no value that others wrote looks like a line of its own', async () => {
  for (const command of ['explain --contact-id', 'status', 'list']) {
    const text = (await CONTENTS[command]?.()) ?? '';
    expect(text).toContain('\\nforged');
    expect(text).not.toMatch(/^forged/m);
  }
});

test('each command that prints what others wrote is among these', () => {
  // What others wrote is on the page of `watch`, and not on the terminal.
  const withoutContent = ['completion', 'send reevaluate', 'watch'];
  const names = COMMANDS.map((command) => command.join(' '));
  expect(names.filter((name) => !withoutContent.includes(name) && !(name in CONTENTS))).toEqual([]);
});

test('no command prints in another way', () => {
  const direct = globSync('cli/**/*.ts', { cwd: ROOT }).filter((file) =>
    /\bconsole\.\w+\(|process\.(?:stdout|stderr)|\b(?:stdout|stderr)\.write\(/.test(
      readFileSync(join(ROOT, file), 'utf8'),
    ),
  );
  expect(direct.toSorted()).toEqual(['cli/command-io.ts', 'cli/main.ts']);
});
