import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { awsForCli } from '../support/aws.ts';
import { cli } from '../support/run-cli.ts';

let aws: Awaited<ReturnType<typeof awsForCli>>;
let client: SQSClient;
beforeAll(async () => {
  aws = await awsForCli();
  client = new SQSClient(aws.clientConfig);
  await aws.deploy();
  await client.send(new CreateQueueCommand({ QueueName: 'Mine' }));
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
});

async function received(name: string): Promise<unknown[]> {
  const QueueUrl = aws.queueUrl(name);
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
  );
  for (const { ReceiptHandle } of Messages) {
    await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
  return Messages.map(({ Body }) => JSON.parse(Body ?? ''));
}

const QUEUE = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1/queue/q-1';
const UNBOUNDED =
  'escalator: the override has no --ttl: it lasts until it is released. Pass for example --ttl 10m.\n' +
  'escalator: the override has no --actor: nobody can tell later who sent it.\n';
const ARN_FORM =
  'the ARN of a queue, not its name or id: arn:aws:connect:<region>:<account>:instance/<instance id>/queue/<queue id>';
const CASES = [
  {
    args: [
      'signal',
      ' vip ',
      '--contact-id',
      ' arn:aws:connect:eu-central-1:123456789012:instance/i-1/contact/C-1 ',
    ],
    body: { type: 'signal', instanceId: 'i-1', contactId: 'C-1', signal: 'vip' },
  },
  {
    args: ['signal', 'vip', '--contact-id', 'AAAAAAAA-2222-3333-4444-555555555555'],
    body: { type: 'signal', contactId: 'aaaaaaaa-2222-3333-4444-555555555555', signal: 'vip' },
  },
  {
    args: ['signal', 'vip', '--contact-id', 'c-1', '--ttl', '30m', '--id', 'crm-1', '--instance-id', 'i-1'],
    body: { type: 'signal', id: 'crm-1', instanceId: 'i-1', contactId: 'c-1', signal: 'vip', ttl: '30m' },
  },
  {
    args: ['signal', 'backlog', '--contact-queue', QUEUE],
    body: { type: 'signal', queueArn: QUEUE, signal: 'backlog' },
  },
  {
    args: [
      'override',
      '--contact-id',
      'c-1',
      '--priority',
      '1',
      '--actor',
      'ann',
      '--reason',
      'outage',
      '--ttl',
      '10m',
    ],
    body: {
      type: 'override',
      contactId: 'c-1',
      set: { priority: 1 },
      actor: 'ann',
      reason: 'outage',
      ttl: '10m',
    },
  },
  {
    args: ['override', '--contact-id', 'c-1', '--age=-5m'],
    body: { type: 'override', contactId: 'c-1', set: { age: '-5m' } },
    warnings: UNBOUNDED,
  },
  {
    args: [
      'override',
      '--contact-id',
      'c-1',
      '--route',
      'Language:English >= 3 for 45s',
      'Language:English >= 1',
    ],
    body: {
      type: 'override',
      contactId: 'c-1',
      set: { route: ['Language:English >= 3 for 45s', 'Language:English >= 1'] },
    },
    warnings: UNBOUNDED,
  },
  { args: ['release', '--contact-id=c-1'], body: { type: 'release', contactId: 'c-1' } },
  {
    args: ['release', '--contact-id', 'c-1', '--actor', 'ann'],
    body: { type: 'release', contactId: 'c-1', actor: 'ann' },
  },
  { args: ['reevaluate'], body: { type: 'reevaluate' } },
];

const BOTH = ['RuleMessages', 'OperatorMessages'];
const isForSystems = (type: string) => type === 'signal';
const queueFor = (type: string) => (isForSystems(type) ? 'RuleMessages' : 'OperatorMessages');

describe('escalator send', () => {
  test.each(CASES)('$args is sent to the queue of the deployment', async ({ args, body, warnings }) => {
    const { code, out, err } = await cli(['send', ...args, ...aws.where]);
    expect({ code, err }).toEqual({ code: 0, err: warnings ?? '' });
    expect(out).toMatch(
      new RegExp(
        `^Sent ${body.type} to ${aws.queueUrl(queueFor(body.type))}, SQS message id [0-9a-f-]{36}\\.\nIt [^\n]+\\.\n$`,
      ),
    );
    const [queue, other] = isForSystems(body.type) ? BOTH : BOTH.toReversed();
    expect([await received(String(queue)), await received(String(other))]).toEqual([[body], []]);
  });

  test.each(CASES)('--dry-run prints $args and sends nothing', async ({ args, body, warnings }) => {
    const { code, out, err } = await cli(['send', ...args, '--dry-run', ...aws.where]);
    expect({ code, err, body: JSON.parse(out) }).toEqual({ code: 0, err: warnings ?? '', body });
    expect([await received('RuleMessages'), await received('OperatorMessages')]).toEqual([[], []]);
  });

  test.each([
    [
      'arn:aws:sqs:eu-central-1:123456789012:RuleMessages',
      'https://sqs.eu-central-1.amazonaws.com/123456789012/RuleMessages',
    ],
    ['RuleMessages', 'the output RuleMessagesQueueUrl'],
  ])('%s is not the URL of a queue', async (queue, example) => {
    const refusal = {
      code: 2,
      out: '',
      err:
        `escalator: The SQS queue is "${queue}": expected its URL, such as ${example}. ` +
        'Check --queue-url, ESCALATOR_QUEUE_URL and ESCALATOR_OPERATOR_QUEUE_URL.\n',
    };
    const args = ['send', 'signal', 'vip', '--contact-id', 'c-1', ...aws.where];
    expect(await cli([...args, '--queue-url', queue])).toEqual(refusal);
    expect(await cli(args, { env: { ESCALATOR_QUEUE_URL: queue } })).toEqual(refusal);
  });

  test.each([
    ['ESCALATOR_QUEUE_URL', ['signal', 'vip', '--contact-id', 'c-1'], 'signal'],
    ['ESCALATOR_OPERATOR_QUEUE_URL', ['reevaluate'], 'reevaluate'],
  ])('--queue-url takes precedence over %s, and that over the deployment', async (variable, args, type) => {
    const env = { [variable]: aws.queueUrl('Mine') };
    await cli(['send', ...args, ...aws.where], { env });
    expect(await received('Mine')).toEqual([expect.objectContaining({ type })]);
    await cli(['send', ...args, ...aws.where, '--queue-url', aws.queueUrl('RuleMessages')], { env });
    expect(await received('RuleMessages')).toEqual([expect.objectContaining({ type })]);
    // As a script leaves it whose variable is not set.
    const { code } = await cli(['send', ...args, ...aws.where], { env: { [variable]: '' } });
    const sent = [await received('RuleMessages'), await received('OperatorMessages')].flat();
    expect({ code, sent }).toEqual({ code: 0, sent: [expect.objectContaining({ type })] });
  });

  test.each([
    [['signal', 'vip', '--contact-id', 'c-1'], 'OperatorMessages', 'signal', 'RuleMessages'],
    [['signal', 'vip', '--contact-id', 'c-1'], 'RuleMessagesDlq', 'signal', 'RuleMessages'],
    [['reevaluate'], 'RuleMessages', 'reevaluate', 'OperatorMessages'],
  ])('warns of a queue that does not take the message: %j to %s', async (args, name, type, wanted) => {
    await client.send(new CreateQueueCommand({ QueueName: `Centre-${name}12AB-x` }));
    const url = aws.queueUrl(`Centre-${name}12AB-x`);
    const { out, err } = await cli(['send', ...args, ...aws.where, '--queue-url', url]);
    expect(err).toContain(
      `escalator: ${url} is the queue ${name} by its name, which takes no ${type}: there it has no effect. ` +
        `Pass the output ${wanted}QueueUrl, or leave out --queue-url and `,
    );
    expect(out).toMatch(/^Sent [^\n]+\n$/);
  });

  test('no override goes to the queue of signals that ESCALATOR_QUEUE_URL names', async () => {
    const env = { ESCALATOR_QUEUE_URL: aws.queueUrl('Mine') };
    await cli(['send', 'release', '--contact-id', 'c-1', ...aws.where], { env });
    expect([await received('Mine'), await received('OperatorMessages')]).toEqual([
      [],
      [{ type: 'release', contactId: 'c-1' }],
    ]);
  });

  test.each([
    {
      args: ['signal', 'vip'],
      err: 'The signal is not valid:\n  Found neither --contact-id nor --contact-queue; expected --contact-id (for one contact) or --contact-queue (for all that wait there). (addressee)',
    },
    {
      args: ['override', '--contact-id', 'c-1'],
      err: 'The override is not valid:\n  Found nothing to set; expected --priority, --age or --route.',
    },
    {
      args: ['override', '--contact-id', 'c-1', '--priority', '0', '--id', ''],
      err: 'The override is not valid:\n  --id: Found ""; expected at least one character. (out-of-range)\n  --priority: Found 0; expected at least 1. (out-of-range)',
    },
    {
      args: ['signal', 'backlog', '--contact-queue', 'Billing'],
      err: `The signal is not valid:\n  --contact-queue: Found "Billing"; expected ${ARN_FORM}. (not-allowed)`,
    },
    {
      args: ['signal', 'backlog', '--contact-queue', '11111111-2222-3333-4444-555555555555'],
      err: `The signal is not valid:\n  --contact-queue: Found "11111111-2222-3333-4444-555555555555"; expected ${ARN_FORM}. (not-allowed)`,
    },
    {
      args: ['signal', 'backlog', '--contact-queue', QUEUE, '--instance-id', 'i-2'],
      err: `The signal is not valid:\n  --contact-queue: Found "${QUEUE.slice(0, 56)}...; expected an ARN of the instance i-2, as --instance-id says. (not-allowed)`,
    },
    {
      args: ['release', '--contact-id', 'c 1'],
      err: 'The release is not valid:\n  --contact-id: Found "c 1"; expected the id of a contact, such as 11111111-2222-3333-4444-555555555555. (not-allowed)',
    },
    {
      args: [
        'override',
        '--contact-id',
        'c-1',
        '--route',
        'Language:English >= 3 for 1m',
        'Language:English > 3',
      ],
      err: 'The override is not valid:\n  --route, step 2: Column 18: found ">"; expected ">=" with a level, such as ">= 3", or a range, such as "2..4". Did you mean ">= 4"? (route-operator)',
    },
    {
      args: ['signal', 'queueArn', '--contact-id', 'contactId x'],
      err: 'The signal is not valid:\n  --contact-id: Found "contactId x"; expected the id of a contact, such as 11111111-2222-3333-4444-555555555555. (not-allowed)',
    },
  ])('$args is rejected and not sent', async ({ args, err }) => {
    expect(await cli(['send', ...args, ...aws.where])).toEqual({
      code: 2,
      out: '',
      err: `escalator: ${err}\n`,
    });
    expect(await received('RuleMessages')).toEqual([]);
  });

  test.each(['Bob', 'john.doe', '4915112345'])('warns of %s, which is no id of a contact', async (id) => {
    const { code, err } = await cli(['send', 'release', '--contact-id', id, '--dry-run']);
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringContaining(`escalator: ${id} does not look like the id of a contact, such as 1111`),
    });
  });

  test.each([
    [['ang\u200bry', '--contact-id', 'c-1'], 'the signal "ang\u200bry" has a character that nobody can see'],
    [["'angry'", '--contact-id', 'c-1'], 'has quotes that are part of the text'],
    [
      ['backlog', '--contact-queue', QUEUE.replace(/[^/]*$/, 'Billing')],
      'Billing looks like the name of a queue',
    ],
  ])('warns of the signal %j, which has no effect', async (args, warning) => {
    const { code, err } = await cli(['send', 'signal', ...args, '--ttl', '5m', '--dry-run']);
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^escalator: .+\n$/) });
    expect(err).toContain(warning);
  });

  test('warns of the queue of another Region, where no contact of the deployment waits', async () => {
    const other = QUEUE.replace('eu-central-1', 'us-east-1');
    const { code, err } = await cli(['send', 'signal', 'backlog', '--contact-queue', other, ...aws.where]);
    expect({ code, err }).toEqual({
      code: 0,
      err: 'escalator: the queue is one of us-east-1, and the deployment is in eu-central-1: the message reaches nobody.\n',
    });
    await received('RuleMessages');
  });

  test('a message to an instance that the deployment does not serve is refused, not sent', async () => {
    const { code, out, err } = await cli([
      'send',
      'signal',
      'x',
      '--contact-id',
      'c-1',
      '--instance-id',
      'i-9',
      ...aws.where,
    ]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(
      'escalator: The signal is not valid:\n  --instance-id: Found "i-9"; expected an instance that is served: i-1. (not-served)\n',
    );
    expect(await received('RuleMessages')).toEqual([]);
  });

  test('without a deployment, the queue must be given', async () => {
    expect(await cli(['send', 'reevaluate', ...aws.where, '--prefix', '/other'])).toEqual({
      code: 3,
      out: '',
      err:
        'escalator: SSM parameter /other/deployment not found; it lists the queues and the table of the deployment. ' +
        'Check --prefix and the Region. If the deployed version is older, deploy the stack again, or pass --queue-url.\n',
    });
    expect(await cli(['send', 'reevaluate', ...aws.where, '--prefix', 'other'])).toEqual({
      code: 2,
      out: '',
      err: 'escalator: --prefix is "other": expected a path such as /connect-escalator.\n',
    });
  });

  test.each(['not json', '{}', '{"ruleMessagesQueueUrl":"u","dispatchQueueUrl":"u","contactsTable":"t"}'])(
    'the deployment parameter %j is not valid',
    async (Value) => {
      const ssm = new SSMClient(aws.clientConfig);
      await ssm.send(
        new PutParameterCommand({ Name: '/broken/deployment', Value, Type: 'String', Overwrite: true }),
      );
      ssm.destroy();
      expect(await cli(['send', 'reevaluate', ...aws.where, '--prefix', '/broken'])).toEqual({
        code: 3,
        out: '',
        err:
          'escalator: SSM parameter /broken/deployment does not list the queues and the table of the deployment. ' +
          'It was changed, or another version wrote it: deploy the stack again, or pass --queue-url.\n',
      });
    },
  );

  test('a queue that does not exist is an AWS error', async () => {
    const url = aws.queueUrl('Nope');
    expect(await cli(['send', 'reevaluate', ...aws.where, '--queue-url', url])).toEqual({
      code: 3,
      out: '',
      err: `escalator: Could not send to ${url}: QueueDoesNotExist: The specified queue does not exist. Check --queue-url, --prefix and the Region.\n`,
    });
  });

  test.each(['0', '0s', '0 minutes', 'PT0S'])(
    'a ttl of %s is refused without the advice to write it so',
    async (ttl) => {
      const { code, err } = await cli(
        ['send', 'signal', 'vip', '--contact-id', 'c-1', '--ttl', ttl, '--dry-run'],
        {},
      );
      expect(code).toBe(2);
      expect(err).toContain('at most a year, at least 1s. (not-allowed)');
    },
  );
});
