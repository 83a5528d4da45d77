import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { applyPlan } from '../../lambda/domain/reconcile/apply-plan.ts';
import { plan } from '../../lambda/domain/reconcile/plan.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import type { LocalQueues } from '../../local/system/queues.ts';
import { createTable } from '../../local/system/table.ts';
import { queuedContact, saveAt, T0 } from '../support/contacts.ts';
import { awsForCli } from './support/aws.ts';
import { examplesOf, withOutput } from './support/page-examples.ts';
import { directoryWith } from './support/run-cli.ts';
import { createShell } from './support/shell.ts';

const ROOT = join(import.meta.dirname, '../..');
let page = readFileSync(join(ROOT, 'docs/cli.md'), 'utf8');

/** The commands of the page (`$ command`), each with the output below it. */
const EXAMPLES = examplesOf(page);

let aws: Awaited<ReturnType<typeof awsForCli>>;
let shell: ReturnType<typeof createShell>;
let files: ReturnType<typeof directoryWith>;

beforeAll(async () => {
  aws = await awsForCli();
  shell = createShell({ ...aws.environment, USER: 'ann' });
  files = directoryWith({
    'broken/gold.yaml': 'steps:\n  - aftr: 0s\n    set: { priority: 0 }\n',
  });
  cpSync(join(ROOT, 'policies'), join(files.path, 'policies'), { recursive: true });
  cpSync(join(ROOT, 'scenarios'), join(files.path, 'scenarios'), { recursive: true });
  cpSync(join(ROOT, 'scenarios/recordings'), join(files.path, 'recordings'), { recursive: true });
  await sendDeadLetters(await aws.deploy());
  await saveContact();
});
afterAll(async () => {
  if (process.env.UPDATE_DOCS) writeFileSync(join(ROOT, 'docs/cli.md'), page);
  shell.stop();
  files.remove();
  await aws.stop();
});

/** Sends a contact event that timed out, an override that failed repeatedly, and a malformed signal. */
async function sendDeadLetters({ contactEventsDlq, ruleMessagesDlq }: LocalQueues): Promise<void> {
  const client = new SQSClient(aws.clientConfig);
  const contactId = '11111111-2222-3333-4444-555555555555';
  const instanceArn = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1';
  const send = (QueueUrl: string, body: object, attributes: Record<string, string> = {}) =>
    client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: JSON.stringify(body),
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, StringValue]) => [
            name,
            { DataType: 'String', StringValue },
          ]),
        ),
      }),
    );
  await send(contactEventsDlq.url, {
    requestPayload: {
      'detail-type': 'Amazon Connect Contact Event',
      detail: { eventType: 'QUEUED', contactId, instanceArn },
    },
    responsePayload: { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 30.00 seconds' },
  });
  await send(ruleMessagesDlq.url, { type: 'override', contactId, set: { priority: 1 }, ttl: '10m' });
  await send(
    ruleMessagesDlq.url,
    { type: 'signal', contactId },
    {
      ErrorCode: 'missing',
      ErrorMessage: 'signal: signal is missing; expected a string. (missing)',
      OriginalMessageId: '9c1d3c57-8f4e-4d1e-9a56-0b1f5f7f3a22',
    },
  );
  client.destroy();
}

/** Saves the record of a queued contact of the tier gold. */
async function saveContact(): Promise<void> {
  const text = readFileSync(join(ROOT, 'policies/gold-callers.yaml'), 'utf8');
  const { policy } = parsePolicy('gold-callers', text);
  const key = { instanceId: 'i-1', contactId: '11111111-2222-3333-4444-555555555555' };
  const { facts } = queuedContact({ ...key, tags: { at: T0, value: { tier: 'gold' } } });
  const record = { ...queuedContact(), ...key, facts };
  const context = {
    policies: createPolicySet(policy ? [policy] : []),
    settings: DEFAULT_SETTINGS,
    region: 'eu-central-1',
    instances: ['i-1'],
  };
  const client = new DynamoDBClient(aws.clientConfig);
  await createTable(client, 'Contacts');
  const reconciled = applyPlan(record, plan(record, context, T0), DEFAULT_SETTINGS, T0);
  await saveAt(new ContactsTable(client, 'Contacts'), reconciled, 0, T0);
  client.destroy();
}

/**
 * Runs a command.
 *
 * @returns what the terminal shows, with fixed values in place of those that differ in each run.
 */
async function outputOf(command: string): Promise<string> {
  const output = await shell.run(command, files.path);
  return output
    .replaceAll(aws.url, 'http://127.0.0.1:4600')
    .replaceAll(/(message id|Dlq) [0-9a-f-]{36}/g, '$1 6b6b0ca5-5a6f-4d4e-8a53-2f2f0d6c8a11')
    .replaceAll(/\(\w+ old/g, '(20m old')
    .replaceAll(/since [0-9-]{10}T[0-9:.]+Z, by/g, 'since 2026-11-23T10:00:00Z, by');
}

describe('docs/cli.md', () => {
  test.each([
    'check',
    'test-pattern',
    'explain',
    'simulate',
    'replay',
    'backtest',
    'plan',
    'push',
    'pull',
    'diff',
    'rollback',
    'pause',
    'resume',
    'send',
    'redrive',
    'adopt',
    'completion',
  ])('escalator %s has an example', (name) => {
    expect(EXAMPLES.some(({ command }) => command.includes(`escalator ${name}`))).toBe(true);
  });

  test('no example leaves the order of its output to chance: head prints while the command still writes to stderr', () => {
    const isByChance = ({ command }: { readonly command: string }) =>
      /escalator (?!completion)[^|]*(?<!2>&1) \| head/.test(command);
    expect(EXAMPLES.filter(isByChance)).toStrictEqual([]);
  });

  // In the order of the page, because a command may depend on those before it.
  test.each(EXAMPLES)('$command', async ({ command, output }) => {
    const actual = await outputOf(command);
    // `UPDATE_DOCS=1 npm test -- test/cli/docs` writes the actual output to the page. Review it before you
    // commit.
    if (process.env.UPDATE_DOCS) {
      page = withOutput(page, { command, output }, actual);
    } else expect(actual).toBe(output);
  });
});
