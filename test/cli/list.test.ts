import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ContactsTable } from '../../lambda/aws/contacts-table.ts';
import { QueueStateTable } from '../../lambda/aws/queue-state-table.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { applyPlan } from '../../lambda/domain/reconcile/apply-plan.ts';
import { plan } from '../../lambda/domain/reconcile/plan.ts';
import { createConnectService } from '../../local/connect/index.ts';
import { MetricStore } from '../../local/metrics/metric-store.ts';
import { createCloudWatch } from '../../local/services/cloudwatch.ts';
import { createDynamoDb } from '../../local/services/dynamodb.ts';
import { compileConfiguration } from '../../local/system/compile-configuration.ts';
import { createTable } from '../../local/system/table.ts';
import { ContactCentre } from '../../sim/centre/index.ts';
import { AWS_LOCATION } from '../local/fixtures/aws.ts';
import { atSecond, context, INSTANCE, queuedContact, saveAt, T0 } from '../support/contacts.ts';
import { awsForCli } from './support/aws.ts';
import { type CliInput, cli } from './support/run-cli.ts';

const GOLD = {
  match: { tags: { tier: ['gold'] } },
  steps: [
    { after: '0s', set: { priority: 3 } },
    { after: '2m', set: { priority: 1 } },
  ],
};
const SILVER = { match: { tags: { tier: ['silver'] } }, target: '1m' };
const POLICIES = { gold: GOLD, silver: SILVER };

const centre = new ContactCentre({
  instance: { id: INSTANCE, account: AWS_LOCATION.account, region: AWS_LOCATION.region },
  queues: [
    { id: 'q-1', name: 'Billing' },
    { id: 'q-2', name: 'Sales' },
  ],
  agents: [],
  random: () => 0.5,
  publish() {},
});
const arnOf = (id: string) => `${centre.instanceArn}/queue/${id}`;

/** Metrics of the handlers in the minute before the first contact. */
function lastHour(): MetricStore {
  const metrics = new MetricStore();
  const put = (name: string, ...values: number[]) => {
    const metric = { namespace: 'ConnectEscalator', name, dimensions: { service: 'connect-escalator' } };
    for (const value of values) metrics.add({ ...metric, at: T0 - 30_000, value });
  };
  put('ChangesApplied', 83);
  put('RejectedChanges', 1);
  put('ThrottledCalls', 6);
  put('Lateness', 200, 400, 400, 2_100);
  put('WaitingContacts', 12);
  return metrics;
}

let aws: Awaited<ReturnType<typeof awsForCli>>;
/** Whether requests to DynamoDB are denied. */
let isDenied = false;

beforeAll(async () => {
  const dynamodb = createDynamoDb(AWS_LOCATION);
  aws = await awsForCli({
    now: () => atSecond(90),
    services: {
      cloudwatch: createCloudWatch(lastHour()),
      dynamodb: {
        ...dynamodb,
        handle(request, response) {
          if (!isDenied) return dynamodb.handle(request, response);
          response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
          response.end(JSON.stringify({ __type: 'AccessDeniedException', message: 'no' }));
        },
      },
      connect: createConnectService({ centre, agents: [], clock: () => atSecond(90) }),
    },
  });
  const queues = await aws.deploy();
  const dynamoDb = new DynamoDBClient(aws.clientConfig);
  await createTable(dynamoDb, 'Contacts');
  const ssm = new SSMClient(aws.clientConfig);
  const put = (name: string, value: object) =>
    ssm.send(
      new PutParameterCommand({
        Name: `/connect-escalator/${name}`,
        Value: JSON.stringify(value),
        Type: 'String',
      }),
    );
  for (const [name, source] of Object.entries(POLICIES)) await put(`policies/${name}`, source);
  await put('settings', {});
  await compileConfiguration({
    clientConfig: aws.clientConfig,
    prefix: '/connect-escalator',
    tableName: 'Contacts',
    wakeUpsQueueUrl: queues.wakeUps.url,
  });
  const table = new ContactsTable(dynamoDb, 'Contacts');
  const save = (contactId: string, queue: string, second: number, rest: Saved) =>
    saveAt(table, waiting(contactId, queue, second, rest), 0, atSecond(90));
  await save('c-plain', 'q-1', 0, {});
  await save('c-gold', 'q-1', 20, { tier: 'gold', applied: 3, history: [set(85, 3)] });
  await save('c-silver', 'q-1', 10, { tier: 'silver', applied: 5 });
  await save('c-urgent', 'q-1', 60, {
    applied: 1,
    record: { override: { at: atSecond(61), set: { priority: 1 }, actor: 'ann' } },
  });
  await save('c-sales', 'q-2', 80, { tier: 'gold', applied: 5 });
  const signals = { storm: { at: T0, until: atSecond(999) } };
  const conditions = { busy: { since: T0, until: atSecond(999) } };
  await new QueueStateTable(dynamoDb, 'Contacts').save(arnOf('q-1'), { signals, conditions }, 0, T0);
  for (const client of [dynamoDb, ssm]) client.destroy();
});
afterAll(() => aws.stop());

interface Saved {
  readonly tier?: string;
  /** The priority that is applied; without it nothing is known. */
  readonly applied?: number;
  readonly history?: ContactRecord['history'];
  readonly record?: Partial<ContactRecord>;
}

const set = (second: number, priority: number) => ({
  at: atSecond(second),
  text: `applied {"QueuePriority":${priority}}`,
});

/** A contact as it was reconciled a moment ago. */
function waiting(contactId: string, queue: string, second: number, saved: Saved): ContactRecord {
  const arn = arnOf(queue);
  const enqueuedAt = atSecond(second);
  const { tier, applied: priority, history = [], record } = saved;
  const contact: ContactRecord = {
    ...queuedContact({
      contactId,
      queue: { arn, enqueuedAt },
      firstEnqueuedAt: enqueuedAt,
      ...(tier !== undefined && { tags: { at: T0, value: { tier } } }),
    }),
    contactId,
    ...record,
    ...(priority !== undefined && {
      status: {
        queueVisit: `${arn}@${enqueuedAt}`,
        applied: { priority, ageSeconds: 0 },
        isObserved: true,
      },
    }),
  };
  const planContext = context(POLICIES);
  const now = atSecond(90);
  return { ...applyPlan(contact, plan(contact, planContext, now), planContext.settings, now), history };
}

/** What docs/cli.md shows that a command prints. */
function documented(command: string): string {
  const page = readFileSync(join(import.meta.dirname, '../../docs/cli.md'), 'utf8');
  const start = `\`\`\`text\n$ ${command}\n`;
  return page.slice(page.indexOf(start) + start.length).split('```')[0] ?? '';
}

const run = (args: readonly string[], input: CliInput = {}) =>
  cli([...args, ...aws.where], { now: atSecond(90), ...input });

describe('escalator list', () => {
  test('shows who waits, in the order in which Connect answers, and what follows', async () => {
    const { code, out, err } = await run(['list', '--queue', 'billing']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(documented('escalator list --queue billing'));
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['a queue by its id', ['--queue', 'q-2'], ['c-sales']],
    ['a queue by its ARN', ['--queue', arnOf('q-2')], ['c-sales']],
    ['several queues', ['--queue', 'sales', '--queue', 'q-1', '--limit', '1'], ['c-urgent', 'c-sales']],
    ['a policy', ['--policy', 'gold'], ['c-gold', 'c-sales']],
    ['what is due or held back', ['--due'], ['c-urgent', 'c-silver', 'c-sales']],
    ['a text in a tag, in any case', ['--find', 'SILV'], ['c-silver']],
    ['a text in an id', ['--find', 'c-pl'], ['c-plain']],
  ])('can be limited to %s', async (_name, args, expected) => {
    const { out } = await run(['list', ...args, '--json']);
    const { queues } = JSON.parse(out);
    const ids = queues.flatMap((queue: { contacts: { contactId: string }[] }) =>
      queue.contacts.map(({ contactId }) => contactId),
    );
    expect(ids).toEqual(expected);
  });

  test('keeps the place in the whole queue, and says how many it does not show', async () => {
    const { out } = await run(['list', '--queue', 'q-1', '--find', 'gold']);
    expect(out).toMatch(/^4 {2}c-gold/m);
    expect((await run(['list', '--queue', 'q-1', '--limit', '1'])).out).toContain(
      '3 more contacts not shown: see --limit.',
    );
  });

  test.each([
    [['--queue', 'Biling'], 'Nobody waits in a queue Biling. Did you mean Billing?\n'],
    [['--queue', 'xyz'], 'Nobody waits in a queue xyz. Contacts wait in Billing, Sales.\n'],
    [['--policy', 'gld'], 'No policy gld is in force. Did you mean gold?\n'],
    [['--find', 'nobody'], 'None of those who wait has "nobody".\n'],
    [['--policy', 'silver', '--queue', 'q-2'], 'None of those who wait is governed by that policy there.\n'],
  ])('says why %j lists nobody', async (args, expected) => {
    expect(await run(['list', ...args])).toEqual({ code: 0, out: expected, err: '' });
  });

  test('says of one of several names that nobody waits under it', async () => {
    const { out } = await run([
      'list',
      '--queue',
      'Billing',
      '--queue',
      'Sals',
      '--policy',
      'gold',
      '--policy',
      'gld',
    ]);
    expect(out).toMatch(/c-gold/);
    expect(out.split('\n').slice(-3)).toEqual([
      'Nobody waits in a queue Sals. Did you mean Sales?',
      'No policy gld is in force. Did you mean gold?',
      '',
    ]);
  });

  test('shows the tags that are asked for, and cuts lines at the width of the terminal', async () => {
    const { out } = await run(['list', '--queue', 'q-2', '--tag', 'team'], { columns: 40 });
    expect(out.split('\n')[2]).toBe('1  c-sales  VOICE       10s         5  …');
    expect(out).not.toContain('tier');
  });

  test('says that places are not known where more contacts wait than are read', async () => {
    const { out } = await run(['list', '--max-contacts', '2']);
    expect(out).toContain('More contacts wait than the 2 that were read');
  });

  test.each(['0', 'x', '3601', '1.5'])('refuses --watch %s', async (seconds) => {
    const { code, err } = await run(['list', '--watch', seconds]);
    expect(code).toBe(2);
    expect(err).toContain('Expected whole seconds from 1 to 3600.');
  });
});

describe('escalator status', () => {
  test('says whether calls are made, who waits where, what is due, and what is in force', async () => {
    const { code, out, err } = await run(['status']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    // The compiler has the time of this machine.
    const shown = out
      .replaceAll(/(?<!up to )[\d-]{10}T[\d:.]+Z/g, '2026-11-23T10:01:30Z')
      .replaceAll(/ +$/gm, '');
    expect(shown).toBe(documented('escalator status'));
  });

  test('is a JSON document, without those who wait', async () => {
    const { out } = await run(['status', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      at: atSecond(90),
      calls: { perSecond: 18, questions: 0 },
      queues: [
        { id: 'q-1', waiting: 4, due: 1 },
        { id: 'q-2', waiting: 1, due: 1 },
      ],
      policies: [{ name: 'gold', governs: 2 }, { name: 'silver' }],
      figures: {
        metrics: { minutes: [{ calls: 90, throttled: 6, waiting: 12 }], lateness: { medianMs: 400 } },
        deadLetters: { queues: expect.arrayContaining([{ queue: 'DispatchDlq', messages: 0 }]) },
        missing: [],
      },
    });
  });
});

describe('--watch', () => {
  test('looks again until it is interrupted, and says when a look fails', async () => {
    let interrupt: () => void = () => {};
    const waits: number[] = [];
    const { code, out, err } = await run(['status', '--watch', '--json'], {
      onInterrupt: (listener) => {
        interrupt = listener;
      },
      onSleep: (ms) => {
        waits.push(ms);
        isDenied = waits.length === 2;
        if (waits.length === 4) interrupt();
      },
    });
    isDenied = false;
    expect(code).toBe(0);
    expect(waits).toEqual([5_000, 5_000, 5_000, 5_000]);
    const looks = out.trim().split('\n');
    expect(looks).toHaveLength(4);
    for (const look of looks) expect(JSON.parse(look).queues).toHaveLength(2);
    expect(err).toMatch(/^escalator: .*AccessDenied.* What is shown is older\.\n$/);
  });

  test('ends at once when it is interrupted, however long it would wait', async () => {
    let interrupt: () => void = () => {};
    const { code, out } = await run(['status', '--watch', '3600', '--json'], {
      onInterrupt: (listener) => {
        interrupt = listener;
      },
      async onSleep(_ms, signal = new AbortController().signal) {
        setImmediate(interrupt);
        await once(signal, 'abort');
      },
    });
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
  });

  test('fails where the first look fails', async () => {
    isDenied = true;
    const { code, out } = await run(['list', '--watch', '1']);
    isDenied = false;
    expect({ code, out }).toEqual({ code: 3, out: '' });
  });
});
