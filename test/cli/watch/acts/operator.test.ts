import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Act } from '../../../../cli/watch/acts/act.ts';
import { createConsoleOperator } from '../../../../cli/watch/acts/create-operator.ts';
import { missingPermission } from '../../../../cli/watch/acts/missing-permission.ts';
import type { ConsoleOperator } from '../../../../cli/watch/acts/operator.ts';
import { T0 } from '../../../support/contacts.ts';
import { awsForCli } from '../../support/aws.ts';
import { allows, type Statement, startIam } from '../../support/iam.ts';
import { createIo } from '../../support/run-cli.ts';

const PREFIX = '/connect-escalator';
const CONTACT = { instanceId: 'i-1', contactId: 'c-1' };
const QUEUE = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/queue/q-1';
const EVERYTHING: readonly Statement[] = ['sqs', 'ssm', 'dynamodb'].map((service) => ({
  Effect: 'Allow',
  Action:
    {
      sqs: ['sqs:SendMessage'],
      ssm: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:GetParametersByPath'],
      dynamodb: ['dynamodb:GetItem'],
    }[service] ?? [],
  Resource: '*',
}));

let aws: Awaited<ReturnType<typeof awsForCli>>;
let iam: Awaited<ReturnType<typeof startIam>>;
let sqs: SQSClient;
let ssm: SSMClient;
let allowed = EVERYTHING;
let operator: ConsoleOperator;
let queues: Awaited<ReturnType<(typeof aws)['deploy']>>;

beforeAll(async () => {
  aws = await awsForCli({ now: () => T0 });
  iam = await startIam(aws.url, () => allowed);
  queues = await aws.deploy();
  sqs = new SQSClient(aws.clientConfig);
  ssm = new SSMClient(aws.clientConfig);
});
afterAll(async () => {
  sqs.destroy();
  ssm.destroy();
  await iam.stop();
  await aws.stop();
});
beforeEach(() => {
  allowed = EVERYTHING;
  operator = operatorOf({ USER: 'ann' });
});

function operatorOf(env: Readonly<Record<string, string>>): ConsoleOperator {
  return createConsoleOperator(
    {
      endpointUrl: iam.url,
      region: 'eu-central-1',
      prefix: PREFIX,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      deployment: {
        instanceIds: ['i-1'],
        ruleMessagesQueueUrl: queues.ruleMessages.url,
        operatorMessagesQueueUrl: queues.operatorMessages.url,
      },
    },
    createIo({ env, now: T0 }, () => {}),
  );
}

async function received(QueueUrl: string): Promise<(string | undefined)[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body }) => Body);
}

async function pauseText(): Promise<string | undefined> {
  const found = await ssm.send(new GetParameterCommand({ Name: `${PREFIX}/pause` })).catch(() => undefined);
  return found?.Parameter?.Value;
}

const OVERRIDE: Act = {
  type: 'override',
  ...CONTACT,
  set: { priority: 1 },
  ttl: '10m',
  actor: 'ann',
  reason: 'an outage',
};

describe('the operator of the console', () => {
  test.each<{
    name: string;
    act: Act;
    queue: 'operatorMessages' | 'ruleMessages';
    words: string[];
    warnings: string[];
  }>([
    {
      name: 'an override',
      act: OVERRIDE,
      queue: 'operatorMessages',
      words: [
        'Sets priority 1 for the contact c-1, instead of what its policy says, for 10m.',
        'Ordered by ann, for the reason: an outage',
        'It is recorded for contact c-1, whether or not an event of it has arrived, and acts while the contact waits in a queue.',
      ],
      warnings: [],
    },
    {
      name: 'an override without an end and a name',
      act: { type: 'override', ...CONTACT, set: { priority: 1 } },
      queue: 'operatorMessages',
      words: [
        'Sets priority 1 for the contact c-1, instead of what its policy says, until it is released.',
        'It is recorded for contact c-1, whether or not an event of it has arrived, and acts while the contact waits in a queue, until it is released.',
      ],
      warnings: [
        'the override has no end: it lasts until it is released. Give it one, such as 10m.',
        'the override has no name: nobody can tell later who sent it.',
      ],
    },
    {
      name: 'a release',
      act: { type: 'release', ...CONTACT, actor: 'ann' },
      queue: 'operatorMessages',
      words: [
        'Ends the override of the contact c-1: its policy decides again.',
        'Ordered by ann',
        'It ends the override of contact c-1. Where none is in force, it changes nothing.',
      ],
      warnings: [],
    },
    {
      name: 'a signal to a contact',
      act: { type: 'signal', ...CONTACT, signal: 'vip' },
      queue: 'ruleMessages',
      words: [
        'Reports the signal vip about the contact c-1.',
        'It is recorded for contact c-1, whether or not an event of it has arrived, and acts while a policy matches on it.',
      ],
      warnings: [],
    },
    {
      name: 'a signal to a queue',
      act: { type: 'signal', queueArn: QUEUE, signal: 'backlog', ttl: '5m' },
      queue: 'ruleMessages',
      words: [
        `Reports the signal backlog about all contacts in the queue ${QUEUE}, for 5m.`,
        `It goes to the contacts that wait in ${QUEUE} when it arrives, and to those that enter it within 5m.`,
      ],
      warnings: [],
    },
  ])(
    'shows $name in full, sends nothing then, and then exactly that',
    async ({ act, queue, words, warnings }) => {
      const preview = await operator.preview(act, 'id-1');
      expect(preview).toMatchObject({ id: 'id-1', type: act.type, words, warnings });
      const { target } = preview;
      expect(target).toMatchObject({ kind: 'queue', name: queues[queue].url });
      const text = 'text' in target ? target.text : '';
      expect(JSON.parse(text)).toEqual({ ...JSON.parse(JSON.stringify(act)), id: 'id-1' });
      expect(await received(target.name)).toEqual([]);
      const receipt = await operator.send(preview);
      expect(receipt).toEqual({
        at: T0,
        words: [expect.stringMatching(/^SQS took it under the message id \S+\.$/)],
      });
      expect(await received(target.name)).toEqual([text]);
    },
  );

  test('writes the pause that it showed, as escalator pause does, and deletes it, as escalator resume does', async () => {
    const paused = await operator.preview({ type: 'pause', reason: ' a drill {{ ' }, 'id-2');
    const text = '{"who":"ann","at":"2026-11-23T10:00:00.250Z","reason":"a drill {\\u007b"}';
    expect(paused.target).toEqual({ kind: 'parameter', name: `${PREFIX}/pause`, text });
    expect(paused.words[1]).toBe('Calls are then paused since 2026-11-23T10:00:00.250Z, by ann: a drill {{');
    expect(await pauseText()).toBeUndefined();
    const { words } = await operator.send(paused);
    expect(words).toContain(
      `Wrote ${PREFIX}/pause: calls are paused since 2026-11-23T10:00:00.250Z, by ann: a drill {{.`,
    );
    expect(await pauseText()).toBe(text);
    const resumed = await operator.preview({ type: 'resume' }, 'id-3');
    expect(resumed).toMatchObject({
      target: { kind: 'deletion', name: `${PREFIX}/pause` },
      words: [expect.any(String), 'Calls are paused since 2026-11-23T10:00:00.250Z, by ann: a drill {{'],
      warnings: [],
    });
    expect(await pauseText()).toBe(text);
    await operator.send(resumed);
    expect(await pauseText()).toBeUndefined();
    expect(await operator.preview({ type: 'resume' }, 'id-4')).toMatchObject({
      warnings: [`${PREFIX}/pause does not exist: something else stops the calls, or nothing does.`],
    });
  });

  test('names the person as escalator pause does', async () => {
    expect(operator.who).toBe('ann');
    expect(operatorOf({}).who).toBe('');
    const { target } = await operatorOf({}).preview({ type: 'pause', reason: 'r' }, 'id');
    expect('text' in target && JSON.parse(target.text).who).toBe('unknown');
  });

  test.each<{ act: Act; problems: object[] }>([
    {
      act: { type: 'override', ...CONTACT, set: { priority: 0 }, ttl: 'soon' },
      problems: [
        { path: 'set.priority', message: expect.stringMatching(/^Found 0; expected /) },
        { path: 'ttl', message: expect.stringMatching(/^Found "soon"; expected a duration/) },
      ],
    },
    {
      act: { type: 'override', ...CONTACT, set: {} },
      problems: [{ path: '', message: 'It sets nothing: give it a priority, an age or a route.' }],
    },
    {
      act: { type: 'override', ...CONTACT, set: { priority: 1 }, reason: 'x'.repeat(513) },
      problems: [{ path: 'reason' }],
    },
    { act: { type: 'release', ...CONTACT, force: true }, problems: [{ path: 'force' }] },
    { act: { type: 'release', contactId: 'c-1', instanceId: 'i-2' }, problems: [{ path: 'instanceId' }] },
    {
      act: { type: 'override', ...CONTACT, set: { priority: 1, age: '5m' } },
      problems: [{ path: 'set.age' }],
    },
    { act: { type: 'signal', signal: 'vip' }, problems: [{ path: '' }] },
    { act: { type: 'pause', reason: ' ' }, problems: [{ path: 'reason' }] },
  ])('says what is wrong with $act', async ({ act, problems }) => {
    await expect(operator.preview(act, 'id')).rejects.toMatchObject({ name: 'InvalidActError', problems });
  });

  test.each<{ act: Act; action: string }>([
    { act: OVERRIDE, action: 'sqs:SendMessage' },
    { act: { type: 'signal', ...CONTACT, signal: 'vip' }, action: 'sqs:SendMessage' },
    { act: { type: 'pause', reason: 'a drill' }, action: 'ssm:PutParameter' },
  ])('names the permission $action where it is missing', async ({ act, action }) => {
    allowed = EVERYTHING.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((one) => one !== action),
    }));
    const preview = await operator.preview(act, 'id');
    await expect(operator.send(preview)).rejects.toThrow(
      `Your AWS credentials lack the permission ${action}. Could not `,
    );
    expect(iam.denied.at(-1)).toMatchObject({ action });
    expect(allows(allowed[0] as Statement, { action, resource: '*' })).toBe(false);
  });
});

describe('a missing permission', () => {
  test.each([
    ['AccessDenied: is not authorized to perform: sqs:sendmessage on resource: arn', 'sqs:SendMessage'],
    [
      'KMS.AccessDeniedException: is not authorized to perform: kms:GenerateDataKey on',
      'kms:GenerateDataKey',
    ],
    ['AccessDeniedException: no.', 'sqs:SendMessage'],
    ['QueueDoesNotExist: no.', undefined],
  ])('in %j is %s', (message, action) => {
    expect(missingPermission('override', message)).toBe(action);
  });
});
