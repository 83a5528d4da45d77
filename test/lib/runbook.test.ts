import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LocalQueues } from '../../local/system/queues.ts';
import { awsForCli } from '../cli/support/aws.ts';
import { synthesize } from './synthesize.ts';

const text = readFileSync('docs/runbook.md', 'utf8');
const [definitions = '', ...snippets] = [...text.matchAll(/^```bash\n(.*?)^```/gms)].map(([, code]) => code);

/** Answers as the AWS CLI would, and writes down what it was asked. */
const AWS = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
const args = process.argv.slice(2);
appendFileSync('calls', JSON.stringify(['aws', ...args]) + '\\n');
const answers = {
  'list-stack-resources': () => /contains\\(LogicalResourceId, '(.*)'\\)/.exec(args.join(' '))[1],
  'describe-stacks': () => /OutputKey=='(.*)'/.exec(args.join(' '))[1],
};
console.log(answers[args[1]]?.() ?? args[1]);
`;

/** Runs the command of this project itself, against the endpoint of the test. */
const NPX = `#!${process.execPath}
const { appendFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const [command, ...args] = process.argv.slice(2);
appendFileSync('calls', JSON.stringify(['npx', command, ...args]) + '\\n');
if (command !== 'escalator') process.exit(127);
const { status } = spawnSync(process.execPath, [${JSON.stringify(resolve('cli/escalator.js'))}, ...args], { stdio: 'inherit' });
process.exit(status);
`;

let folder: string;
let aws: Awaited<ReturnType<typeof awsForCli>>;
let sqs: SQSClient;
let queues: LocalQueues;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'runbook-'));
  for (const [name, source] of Object.entries({ aws: AWS, npx: NPX })) {
    writeFileSync(join(folder, name), source);
    chmodSync(join(folder, name), 0o755);
  }
  aws = await awsForCli();
  queues = await aws.deploy();
  sqs = new SQSClient(aws.clientConfig);
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  sqs.destroy();
  await aws.stop();
});

/** Runs a snippet after the definitions, and returns the calls of the AWS CLI and of npx that it made. */
async function run(snippet: string): Promise<string[][]> {
  rmSync(join(folder, 'calls'), { force: true });
  // The endpoint is in this process, which must not wait for the snippet.
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', `${definitions}\n${snippet}`], {
    cwd: folder,
    env: {
      ...aws.environment,
      PATH: [folder, dirname(process.execPath), process.env.PATH].join(delimiter),
      EDITOR: 'true',
    },
  });
  return readFileSync(join(folder, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('every snippet runs', () => {
  test.each(snippets.map((snippet) => [snippet]))('%s', async (snippet) => {
    expect((await run(String(snippet))).length).toBeGreaterThan(0);
  });
});

describe('what is to be done about dead letters hands them over', () => {
  const instanceArn = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1';
  const event = {
    'detail-type': 'Amazon Connect Contact Event',
    detail: { eventType: 'QUEUED', contactId: 'c-1', instanceArn },
  };
  const key = { instanceId: 'i-1', contactId: 'c-1' };
  const release = { type: 'release', contactId: 'c-1' };

  test.each([
    {
      name: 'ContactEventsDlq',
      from: 'contactEventsDlq',
      letter: { requestPayload: event },
      to: 'ruleMessages',
    },
    { name: 'RuleMessagesDlq', from: 'ruleMessagesDlq', letter: release, to: 'ruleMessages' },
    { name: 'DispatchDlq', from: 'dispatchDlq', letter: key, to: 'dispatch' },
    {
      name: 'PolicyChangesDlq',
      from: 'policyChangesDlq',
      letter: { 'detail-type': 'Parameter Store Change' },
      to: 'ruleMessages',
    },
  ] as const)('$name', async ({ name, from, letter, to }) => {
    const fifo = from === 'dispatchDlq' ? { MessageGroupId: 'routing', MessageDeduplicationId: 'd' } : {};
    await sqs.send(
      new SendMessageCommand({ QueueUrl: queues[from].url, MessageBody: JSON.stringify(letter), ...fifo }),
    );
    const before = await depth(queues[to].url);
    const snippet = snippets.find((one) => one?.trim() === `npx escalator redrive ${name}`);
    expect(await run(String(snippet))).toEqual([['npx', 'escalator', 'redrive', name]]);
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

test('every link within the runbook leads to a heading', () => {
  const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading?.toLowerCase().replaceAll(' ', '-'),
  );
  const links = [...text.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor]) => anchor);
  expect(links.filter((link) => !anchors.includes(link))).toEqual([]);
});
