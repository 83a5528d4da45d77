import { readFileSync } from 'node:fs';
import { DynamoDBClient, QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { emptyRecord } from '../../lambda/domain/contact/record.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import type { LocalQueues } from '../../local/system/queues.ts';
import { createTable } from '../../local/system/table.ts';
import { awsForCli } from '../cli/support/aws.ts';
import { cli } from '../cli/support/run-cli.ts';
import { type Call, optionsOf, runSnippets, type SnippetRun } from './support/recorded-shell.ts';
import { synthesize } from './synthesize.ts';

const text = readFileSync('docs/runbook.md', 'utf8');
const [definitions = '', ...snippets] = [...text.matchAll(/^```bash\n(.*?)^```/gms)].map(
  ([, code = '']) => code,
);

/** The contact that the snippets name, with an update that is pending and a wake-up that is long overdue. */
const CONTACT = {
  instanceId: '11111111-2222-3333-4444-555555555555',
  contactId: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
};
const STORED_AT = Date.parse('2020-01-01T00:00:00Z');

let aws: Awaited<ReturnType<typeof awsForCli>>;
let sqs: SQSClient;
let dynamodb: DynamoDBClient;
let queues: LocalQueues;
let runs: SnippetRun[];

beforeAll(async () => {
  aws = await awsForCli();
  queues = await aws.deploy();
  sqs = new SQSClient(aws.clientConfig);
  dynamodb = new DynamoDBClient(aws.clientConfig);
  // The fake AWS CLI answers with the name of the output.
  await createTable(dynamodb, 'ContactsTableName');
  const entries = {
    pending: { sortKey: `${'1'.padStart(16, '0')}#${String(STORED_AT).padStart(14, '0')}` },
    queued: { queueArn: 'arn:queue', enqueuedAt: STORED_AT, reconcileAt: STORED_AT },
  };
  const table = new ContactsTable(dynamodb, 'ContactsTableName');
  await table.save(emptyRecord(CONTACT), 0, entries, STORED_AT);
  runs = await runSnippets(definitions, snippets);
});

afterAll(async () => {
  sqs.destroy();
  dynamodb.destroy();
  await aws.stop();
});

/** Runs the command of this project that npx was called with, against the endpoint of the test. */
async function runNpx([, command, ...args]: Call) {
  expect(command).toBe('escalator');
  const { code, err } = await cli(args, { env: aws.environment, now: Date.now });
  expect({ code, err }).toMatchObject({ code: 0 });
}

/**
 * Sends a recorded command of the AWS CLI to the table, and returns the items in the columns of its
 * `--query`.
 */
async function runDynamoDb(call: Call) {
  const options = optionsOf(call);
  const json = (name: string) => JSON.parse(options[name] ?? 'null');
  const onTable = { TableName: options['table-name'], IndexName: options['index-name'] };
  switch (call[2]) {
    case 'query': {
      const { Items } = await dynamodb.send(
        new QueryCommand({
          ...onTable,
          KeyConditionExpression: options['key-condition-expression'],
          ExpressionAttributeValues: json('expression-attribute-values'),
        }),
      );
      return columns(Items, options.query);
    }
    case 'scan': {
      const { Items } = await dynamodb.send(
        new ScanCommand({
          ...onTable,
          FilterExpression: options['filter-expression'],
          ExpressionAttributeValues: json('expression-attribute-values'),
        }),
      );
      return columns(Items, options.query);
    }
    default:
      throw new RangeError(`unexpected: ${call.join(' ')}`);
  }
}

/** The items in the columns of a query such as `Items[].[pk.S,reconcileAt.N]`. */
function columns(items: readonly object[] = [], query = ''): unknown[][] {
  const [, list = ''] = /^Items\[\]\.\[(.*)\]$/.exec(query) ?? [];
  const paths = list.split(',').map((path) => path.split('.'));
  return items.map((item) =>
    paths.map(([name = '', type = '']) => (item as Record<string, Record<string, unknown>>)[name]?.[type]),
  );
}

const isDynamoDb = (call: Call) => call[1] === 'dynamodb';

describe('every snippet runs', () => {
  test.each(snippets.map((snippet, index) => ({ snippet, index })))('$snippet', ({ index }) => {
    const { status, stderr, calls = [] } = runs[index] ?? {};
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(calls.length).toBeGreaterThan(0);
  });
});

test('every dry run of a redrive succeeds', async () => {
  const calls = runs.flatMap((run) => run.calls).filter(([program]) => program === 'npx');
  const dryRuns = calls.filter((call) => call.includes('--dry-run') && call.includes('redrive'));
  expect(dryRuns).toHaveLength(6);
  // The others are redrives, which a test below runs.
  const stops = calls.filter(([, , command]) => command === 'pause' || command === 'resume');
  const adoptions = calls.filter(([, , command]) => command === 'adopt');
  expect(adoptions).toHaveLength(2);
  const records = calls.filter(([, , command]) => command === 'explain');
  expect(records.map((call) => call.at(-1))).toEqual(['--record']);
  expect(calls).toHaveLength(12 + stops.length + adoptions.length + records.length);
  expect(stops).toHaveLength(2);
  await Promise.all(dryRuns.map(runNpx));
});

describe('the commands on the table find the contact', () => {
  const { instanceId, contactId } = CONTACT;
  const key = `${instanceId}#${contactId}`;

  test.each([
    {
      operation: 'query',
      expected: [[`0000000000000001#0${STORED_AT}`, key]],
    },
    { operation: 'scan', expected: [[key, String(STORED_AT)]] },
  ])('$operation', async ({ operation, expected }) => {
    const calls = runs.flatMap((run) => run.calls).filter(isDynamoDb);
    const [call, ...others] = calls.filter((candidate) => candidate[2] === operation);
    expect(others).toEqual([]);
    expect(await runDynamoDb(call ?? [])).toEqual(expected);
    expect(calls).toHaveLength(2);
  });
});

test('the messages that snippets send are rule messages', () => {
  const sent = runs
    .flatMap((run) => run.calls)
    .filter((call) => call[1] === 'sqs' && call[2] === 'send-message')
    .map((call) => optionsOf(call)['message-body'] ?? '');
  const metadata = { messageId: 'm', sentAt: 0, instances: ['i'] };
  expect(sent.map((body) => parseRuleMessage(body, metadata).map(({ type }) => type))).toEqual([
    ['reevaluate'],
  ]);
});

describe('the remediation of dead letters redrives them', () => {
  const instanceArn = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1';
  const event = {
    'detail-type': 'Amazon Connect Contact Event',
    detail: { eventType: 'QUEUED', contactId: 'c-1', instanceArn },
  };
  const key = { instanceId: 'i-1', contactId: 'c-1' };
  const signal = { type: 'signal', contactId: 'c-1', signal: 'vip' };
  const release = { type: 'release', contactId: 'c-1' };
  const wake = { type: 'wake', contactId: 'c-1', wakeAt: '2026-11-23T10:00:00Z' };

  test.each([
    {
      name: 'ContactEventsDlq',
      from: 'contactEventsDlq',
      letter: { requestPayload: event },
      to: 'operatorMessages',
    },
    { name: 'RuleMessagesDlq', from: 'ruleMessagesDlq', letter: signal, to: 'ruleMessages' },
    { name: 'OperatorMessagesDlq', from: 'operatorMessagesDlq', letter: release, to: 'operatorMessages' },
    { name: 'WakeUpsDlq', from: 'wakeUpsDlq', letter: wake, to: 'operatorMessages' },
    { name: 'DispatchDlq', from: 'dispatchDlq', letter: key, to: 'dispatch' },
    {
      name: 'PolicyChangesDlq',
      from: 'policyChangesDlq',
      letter: { 'detail-type': 'Parameter Store Change' },
      to: 'operatorMessages',
    },
  ] as const)('$name', async ({ name, from, letter, to }) => {
    const fifo = from === 'dispatchDlq' ? { MessageGroupId: 'routing', MessageDeduplicationId: 'd' } : {};
    await sqs.send(
      new SendMessageCommand({ QueueUrl: queues[from].url, MessageBody: JSON.stringify(letter), ...fifo }),
    );
    const before = await depth(queues[to].url);
    const { calls = [] } = runs[snippets.indexOf(`npx escalator redrive ${name}\n`)] ?? {};
    expect(calls).toEqual([['npx', 'escalator', 'redrive', name]]);
    await runNpx(calls[0] ?? []);
    expect(await depth(queues[from].url)).toBe(0);
    expect((await depth(queues[to].url)) - before).toBe(1);
  });
});

/** Messages in a queue, delayed ones included. */
async function depth(QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
  );
  return (
    Number(Attributes.ApproximateNumberOfMessages) + Number(Attributes.ApproximateNumberOfMessagesDelayed)
  );
}

describe('every name that a snippet looks up is in the stack, once', () => {
  const { template } = synthesize();
  const resources = Object.entries<{ Type: string }>(template.toJSON().Resources);
  const lookups = [
    ...text.matchAll(/resource (AWS::\S+) ([A-Za-z]+)/g),
    ...[...text.matchAll(/^dead (\w+)/gm)].map(([, name]) => ['', 'AWS::SQS::Queue', name]),
    ...[...text.matchAll(/^problems (\w+)/gm)].map(([, name]) => [
      '',
      'AWS::Logs::LogGroup',
      `${name}FunctionLogs`,
    ]),
  ].map(([, type, part]) => ({ type, part }));
  const outputs = [...text.matchAll(/\(output (\w+)\)/g)].map(([, name]) => name);

  test.each(lookups)('$type $part', ({ type, part }) => {
    expect(resources.filter(([id, { Type }]) => Type === type && id.includes(String(part)))).toHaveLength(1);
  });

  test.each(outputs.map((name) => [name]))('output %s', (name) => {
    expect(Object.keys(template.toJSON().Outputs)).toContain(name);
  });
});

describe('the section of each alarm has the same four parts', () => {
  const sections = text
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      heading: section.slice(0, section.indexOf('\n')),
      parts: [...section.matchAll(/^\*\*(\w+)\.\*\*/gm)].map(([, part]) => part),
    }))
    .filter(({ heading }) => !['Emergency actions', 'What was done'].includes(heading));

  test.each(sections)('$heading', ({ parts }) => {
    expect(parts).toEqual(['Meaning', 'Impact', 'Diagnosis', 'Remediation']);
  });
});
