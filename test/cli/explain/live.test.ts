import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ContactsTable } from '../../../lambda/aws/contacts-table.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { createTable } from '../../../local/system/table.ts';
import { atSecond, context, QUEUE_ARN, queuedContact, saveAt, T0 } from '../../support/contacts.ts';
import { awsForCli } from '../support/aws.ts';
import { cli } from '../support/run-cli.ts';

/** Tried again as often as a contact is. */
const CLOSED_FOR_GOOD = { cause: 'not-found' as const, count: 5 };

const LADDER = {
  steps: [
    { after: '0s', set: { priority: 3 } },
    { by: '3m', set: { priority: 1 } },
  ],
};

/** A policy whose criteria stay when a signal ends. */
const STAYING = {
  match: { tags: { team: ['green'] } },
  steps: [{ after: '0s', when: { signals: ['busy'] }, set: { priority: 2, route: ['Busy:x >= 1'] } }],
};

let aws: Awaited<ReturnType<typeof awsForCli>>;
beforeAll(async () => {
  aws = await awsForCli({ now: () => atSecond(60) });
  const dynamoDb = new DynamoDBClient(aws.clientConfig);
  const ssm = new SSMClient(aws.clientConfig);
  await aws.deploy();
  await createTable(dynamoDb, 'Contacts');
  const put = (Name: string, Value: string) =>
    ssm.send(new PutParameterCommand({ Name, Value, Type: 'String' }));
  await put('/connect-escalator/policies/ladder', JSON.stringify(LADDER));
  await put('/served/policies/ladder', JSON.stringify(LADDER));
  await put('/staying/policies/staying', JSON.stringify(STAYING));
  await put('/served/settings', 'instances: [i-1]');
  const planContext = context({ ladder: LADDER });
  const status = {
    queueVisit: `${queuedContact().facts?.queue?.arn}@${T0}`,
    applied: { priority: 3 },
    isObserved: true,
  };
  const record: ContactRecord = {
    ...queuedContact(),
    status,
    signals: { vip: { at: T0, until: atSecond(30) } },
    override: {
      at: T0,
      set: { priority: 2 },
      until: atSecond(90),
      actor: 'ann',
      sender: 'AROAEXAMPLEID:bob',
      reason: 'outage in her town',
    },
  };
  const reconciled = applyPlan(record, plan(record, planContext, T0), planContext.settings, T0);
  const table = new ContactsTable(dynamoDb, 'Contacts');
  await saveAt(table, reconciled, 0, T0);
  await saveAt(table, { ...reconciled, contactId: 'c-2', closedAt: T0, closure: CLOSED_FOR_GOOD }, 0, T0);
  // Two who wait in the same queue, and one in another.
  const other = (contactId: string, facts: Partial<ContactRecord['facts']>, rest: object) =>
    saveAt(table, { ...queuedContact({ ...facts, contactId }), contactId, ...rest }, 0, T0);
  await other('c-5', {}, { status: { ...status, applied: { priority: 1 } } });
  await other('c-6', {}, {});
  await other('c-7', { queue: { arn: `${QUEUE_ARN}-2`, enqueuedAt: T0 } }, {});
  // Two in the queue of an agent, whose ARN Connect writes in two forms.
  const ofAgent = (end: string) => ({ arn: QUEUE_ARN.replace('/q-1', end), enqueuedAt: T0 });
  await other('c-9', { queue: ofAgent('/agent/a-1') }, {});
  await other('c-10', { queue: ofAgent('/a-1') }, {});
  const busy: ContactRecord = {
    ...queuedContact({
      contactId: 'c-8',
      queue: { arn: `${QUEUE_ARN}-3`, enqueuedAt: T0 },
      tags: { at: T0, value: { team: 'green' } },
    }),
    contactId: 'c-8',
    signals: { busy: { at: T0, until: atSecond(30) } },
  };
  const staying = context({ staying: STAYING });
  await saveAt(table, applyPlan(busy, plan(busy, staying, T0), staying.settings, T0), 0, T0);
  for (const client of [dynamoDb, ssm]) client.destroy();
});
afterAll(() => aws.stop());

const explain = (...args: string[]) => cli(['explain', ...args, ...aws.where], { now: atSecond(60) });

describe('escalator explain --contact-id', () => {
  test('prints the record with --record, and nothing else', async () => {
    const { out, err, code } = await explain('--contact-id', 'c-1', '--record');
    expect({ err, code }).toEqual({ err: '', code: 0 });
    expect(JSON.parse(out)).toMatchObject({
      contactId: 'c-1',
      instanceId: 'i-1',
      status: { applied: { priority: 3 } },
      override: { actor: 'ann' },
    });
  });

  test('says of which steps the criteria stay', async () => {
    const { out } = await explain('--contact-id', 'c-8', '--prefix', '/staying', '--table', 'Contacts');
    expect(out).toContain(
      'step 1: priority 2, route Busy:x >= 1 (its when does not hold any more: its criteria alone stay)',
    );
  });

  test.each(['c-9', 'c-10'])('finds all who wait in the queue of an agent: %s', async (id) => {
    const { out } = await explain('--contact-id', id);
    expect(out).toMatch(/^Place in line now: [12] of the 2 that wait in this queue/m);
  });

  test('takes the time from the clock of the endpoint, which may run ahead of this machine', async () => {
    const { out } = await cli(['explain', '--contact-id', 'c-1', ...aws.where], { now: T0 - 3_600_000 });
    expect(out.split('\n')[1]).toMatch(/^At 2026-11-23T10:01:00Z \(waited 1m\)/);
    const env = { AWS_ENDPOINT_URL: aws.url };
    const args = ['explain', '--contact-id', 'c-1', '--region', 'eu-central-1'];
    expect((await cli(args, { now: T0 + 3_600_000, env })).out.split('\n')[1]).toMatch(
      /^At 2026-11-23T10:01:00Z/,
    );
  });

  test.each([' c-1 ', 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/contact/c-1'])(
    'takes the id of a contact as people paste it: %j',
    async (id) => {
      const { code, out } = await explain('--contact-id', id);
      expect(code).toBe(0);
      expect(out).toContain('Contact c-1 of instance i-1 ');
    },
  );

  test('finds a queued contact, and explains it from its record and the policies in SSM', async () => {
    expect(await explain('--contact-id', 'c-1')).toEqual({
      code: 0,
      err: '',
      out: `Contact c-1 of instance i-1 has been in q-1 since 2026-11-23T10:00:00Z.
At 2026-11-23T10:01:00Z (waited 1m): ladder governs; step 1 is reached: priority 3.
An operator's override applies instead: priority 2.
It was sent at 2026-11-23T10:00:00Z: it names the actor ann and the reason "outage in her town"; SQS reports the sender AROAEXAMPLEID:bob.
Applied in Connect: priority 3.
Place in line now: 2 of the 3 that wait in this queue, by priority, then time in queue plus age; agents and routing criteria are not considered. The routing of 1 of the others is not known: Connect's defaults are assumed.

Policies, in order of evaluation:
  ladder (precedence 100) governs

Steps of ladder:
  0s      step 1: priority 3
  2m      step 2: priority 1

Timeline, if the contact remains in the queue and no event or message arrives:
  2026-11-23T10:01:00Z waited 1m: ladder, step 1, overridden with priority 2: sets priority 2
  2026-11-23T10:01:30Z waited 1m30s: ladder, step 1: sets priority 3
  2026-11-23T10:02:00Z waited 2m: ladder, step 2: sets priority 1

History:
  2026-11-23T10:00:00Z governed by ladder, step 1; an operator set priority 2 instead
`,
    });
  });

  test('a moment that is given has no place in line, which is that of now', async () => {
    const { out } = await explain('--contact-id', 'c-1', '--at', '30s');
    expect(out).not.toContain('Place in line');
    expect(JSON.parse((await explain('--contact-id', 'c-1', '--json')).out).place).toEqual({
      place: 2,
      waiting: 3,
      assumed: 1,
      isOwnAssumed: false,
      isPartial: false,
    });
  });

  test.each([
    { args: ['--contact-id', 'c-2', '--instance-id', 'i-1'], text: 'Connect no longer knows the contact' },
    {
      args: ['--contact-id', 'c-2', '--prefix', '/served', '--table', 'Contacts'],
      text: 'Connect no longer knows the contact',
    },
    {
      args: ['--contact-id', 'c-1', '--at', '30s'],
      text: 'At 2026-11-23T10:00:30Z (waited 30s): ladder governs',
    },
  ])('$args', async ({ args, text }) => {
    const { code, out } = await explain(...args);
    expect(code).toBe(0);
    expect(out).toContain(text);
  });

  test.each([
    {
      args: ['--contact-id', 'c-2'],
      code: 2,
      err: 'The table Contacts has no queued contact c-2. Pass --instance-id if the contact has left its queue.',
    },
    {
      args: ['--contact-id', 'c-3', '--prefix', '/served', '--table', 'Contacts'],
      code: 2,
      err: 'The table Contacts has no contact c-3 of instance i-1: no event of it has arrived.',
    },
    {
      args: ['--contact-id', 'c-1', '--prefix', '/served'],
      code: 3,
      err:
        'SSM parameter /served/deployment not found; it lists the queues and the table of the deployment. Check ' +
        '--prefix and the Region. If the deployed version is older, deploy the stack again, or pass --table.',
    },
    {
      args: ['--contact-id', 'c-1', '--table', 'Nope'],
      code: 3,
      err: "Could not read the table Nope: ResourceNotFoundException: Requested resource not found. Check the Region and --prefix. explain takes --table, too: the stack's output ContactsTableName.",
    },
  ])('$err', async ({ args, code, err }) => {
    expect(await explain(...args)).toEqual({ code, out: '', err: `escalator: ${err}\n` });
  });
});
