import { randomUUID } from 'node:crypto';
import {
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DeadLetterQueue } from '../../../cli/redrive/dead-letter-queue.ts';
import { type HandledDeadLetter, redriveAll } from '../../../cli/redrive/redrive.ts';
import { originalMessageAttributes } from '../../../lambda/aws/original-message.ts';
import type { LocalQueue, LocalQueues } from '../../../local/system/queues.ts';
import { awsForCli } from '../support/aws.ts';
import { type CliInput, cli } from '../support/run-cli.ts';

let aws: Awaited<ReturnType<typeof awsForCli>>;
let client: SQSClient;
let queues: LocalQueues;

beforeAll(async () => {
  aws = await awsForCli();
  client = new SQSClient(aws.clientConfig);
  queues = await aws.deploy();
});
beforeEach(async () => {
  for (const { url } of Object.values(queues) as LocalQueue[]) {
    await client.send(new PurgeQueueCommand({ QueueUrl: url }));
  }
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
});

const EVENT = {
  id: 'e-1',
  'detail-type': 'Amazon Connect Contact Event',
  detail: {
    eventType: 'QUEUED',
    contactId: 'c-1',
    instanceArn: 'arn:aws:connect:eu-central-1:123456789012:instance/i-1',
  },
};
const CHANGE = { 'detail-type': 'Parameter Store Change' };
const MALFORMED = { ErrorCode: 'missing', ErrorMessage: 'signal:\nsignal is missing.' };
const redrive = (...args: string[]) => redriveWith({ now: Date.now() + 60_000 }, ...args);
const redriveWith = (input: CliInput, ...args: string[]) => cli(['redrive', ...args, ...aws.where], input);

/** Sends a letter to a dead-letter queue. @returns its SQS message id. */
async function put(
  { url }: LocalQueue,
  body: unknown,
  attributes: Record<string, string> = {},
): Promise<string> {
  const { MessageId = '' } = await client.send(
    new SendMessageCommand({
      QueueUrl: url,
      MessageBody: typeof body === 'string' ? body : JSON.stringify(body),
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      ),
      ...(url.endsWith('.fifo') ? { MessageGroupId: 'routing', MessageDeduplicationId: randomUUID() } : {}),
    }),
  );
  return MessageId;
}

/** The messages that can be received now. They remain visible. */
async function messages({ url }: LocalQueue): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: 0,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages;
}

const bodies = async (queue: LocalQueue) => (await messages(queue)).map(({ Body }) => JSON.parse(Body ?? ''));

async function depths({ url }: LocalQueue) {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
  );
  const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesDelayed: delayed } = Attributes;
  return { visible: Number(visible), delayed: Number(delayed) };
}

describe('escalator redrive', () => {
  test('does nothing if the queues are empty', async () => {
    expect(await redrive()).toEqual({
      code: 0,
      err: '',
      out: 'ContactEventsDlq: empty.\nRuleMessagesDlq: empty.\nOperatorMessagesDlq: empty.\nWakeUpsDlq: empty.\nDispatchDlq: empty.\nPolicyChangesDlq: empty.\n',
    });
  });

  test('a rule message returns to its queue with its original id, time and sender', async () => {
    const id = await put(queues.ruleMessagesDlq, { type: 'release', contactId: 'c-1' });
    const [dead] = await messages(queues.ruleMessagesDlq);
    expect(await redrive('RuleMessagesDlq')).toEqual({
      code: 0,
      out: 'RuleMessagesDlq: 1 redriven.\n',
      err: '',
    });
    expect(await messages(queues.ruleMessagesDlq)).toEqual([]);
    const [sent] = await messages(queues.ruleMessages);
    expect(sent?.Body).toBe('{"type":"release","contactId":"c-1"}');
    expect(sent?.MessageAttributes).toEqual({
      OriginalMessageId: { DataType: 'String', StringValue: id },
      OriginalSenderId: { DataType: 'String', StringValue: '123456789012' },
      OriginalSentAt: { DataType: 'Number', StringValue: dead?.Attributes?.SentTimestamp },
    });
  });

  test('a message that is redriven a second time keeps its original id, time and sender', async () => {
    await put(
      queues.ruleMessagesDlq,
      { type: 'reevaluate' },
      { OriginalMessageId: 'm-0', OriginalSentAt: '1000', OriginalSenderId: 'AROAFIRST:ann' },
    );
    await redrive();
    const [sent] = await messages(queues.ruleMessages);
    expect(sent?.MessageAttributes).toEqual({
      OriginalMessageId: { DataType: 'String', StringValue: 'm-0' },
      OriginalSenderId: { DataType: 'String', StringValue: 'AROAFIRST:ann' },
      OriginalSentAt: { DataType: 'Number', StringValue: '1000' },
    });
  });

  test('contact events go to the queue of operators, in their EventBridge envelope', async () => {
    await put(queues.contactEventsDlq, EVENT);
    await put(queues.contactEventsDlq, { requestPayload: EVENT, responsePayload: { errorType: 'Error' } });
    expect((await redrive('ContactEventsDlq')).out).toBe('ContactEventsDlq: 2 redriven.\n');
    expect(await bodies(queues.operatorMessages)).toEqual([EVENT, EVENT]);
    expect(await messages(queues.contactEventsDlq)).toEqual([]);
  });

  test('notifications of dispatch return to its queue, one after the other', async () => {
    const keys = ['c-1', 'c-2', 'c-3'].map((contactId) => ({ instanceId: 'i-1', contactId }));
    for (const key of keys) await put(queues.dispatchDlq, key);
    expect((await redrive('DispatchDlq')).out).toBe('DispatchDlq: 3 redriven.\n');
    expect(await depths(queues.dispatchDlq)).toEqual({ visible: 0, delayed: 0 });
    expect(await depths(queues.dispatch)).toEqual({ visible: 3, delayed: 0 });
    const [first] = await messages(queues.dispatch);
    expect(first).toMatchObject({
      Body: JSON.stringify(keys[0]),
      Attributes: {
        MessageGroupId: 'routing',
        MessageDeduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });

  test('all policy changes become one reevaluate, delayed until every handler has the new policies', async () => {
    for (let count = 0; count < 12; count += 1) await put(queues.policyChangesDlq, { ...CHANGE, id: count });
    expect((await redrive('PolicyChangesDlq')).out).toBe('PolicyChangesDlq: 12 redriven.\n');
    expect(await depths(queues.policyChangesDlq)).toEqual({ visible: 0, delayed: 0 });
    expect(await depths(queues.operatorMessages)).toEqual({ visible: 0, delayed: 1 });
  });

  test('an override returns to the queue of operators', async () => {
    const override = { type: 'override', contactId: 'c-1', set: { priority: 1 } };
    await put(queues.operatorMessagesDlq, override);
    expect((await redrive('OperatorMessagesDlq')).out).toBe('OperatorMessagesDlq: 1 redriven.\n');
    expect(await bodies(queues.operatorMessages)).toEqual([override]);
  });

  test('all wake-ups become one reevaluate of an operator: nothing is sent to the queue of wake-ups', async () => {
    for (const contactId of ['c-1', 'c-2']) {
      await put(queues.wakeUpsDlq, { type: 'wake', contactId, wakeAt: '2026-11-23T10:00:00Z' });
    }
    expect((await redrive('WakeUpsDlq')).out).toBe('WakeUpsDlq: 2 redriven.\n');
    expect(await depths(queues.operatorMessages)).toEqual({ visible: 0, delayed: 1 });
    expect(await depths(queues.wakeUps)).toEqual({ visible: 0, delayed: 0 });
  });

  test('an override on the queue of signals never moves to that of operators', async () => {
    const override = { type: 'override', contactId: 'c-1', set: { priority: 1 } };
    const wrongQueue = { ErrorCode: 'wrong-queue', ErrorMessage: 'type: …', OriginalMessageId: 'm-0' };
    await put(queues.ruleMessagesDlq, override, wrongQueue);
    expect((await redrive('RuleMessagesDlq')).out).toBe('RuleMessagesDlq: 1 malformed.\n');
    await redrive('RuleMessagesDlq', '--include-malformed');
    expect(await bodies(queues.ruleMessages)).toEqual([override]);
    expect(await depths(queues.operatorMessages)).toEqual({ visible: 0, delayed: 0 });
  });

  test('a dry run lists every letter and changes nothing: each letter is visible at once', async () => {
    const event = await put(queues.contactEventsDlq, EVENT, {
      ERROR_CODE: 'NO_PERMISSIONS',
      ERROR_MESSAGE: 'denied',
    });
    const bad = await put(
      queues.ruleMessagesDlq,
      { type: 'signal' },
      { ...MALFORMED, OriginalMessageId: 'm-0' },
    );
    const notification = await put(queues.dispatchDlq, { instanceId: 'i-1', contactId: 'c-1' });
    await put(queues.dispatchDlq, { instanceId: 'i-1', contactId: 'c-2' });
    const text = await put(queues.policyChangesDlq, 'text');
    expect(await redrive('--dry-run')).toEqual({
      code: 1,
      out: `ContactEventsDlq ${event} (1m old; NO_PERMISSIONS: denied): resend to OperatorMessages
RuleMessagesDlq m-0 (1m old; missing: signal: signal is missing.): remains: malformed, it would fail again (--include-malformed resends it)
DispatchDlq ${notification} (1m old): resend to dispatch
PolicyChangesDlq ${text} (1m old): remains: unreadable, its body is not a JSON object
ContactEventsDlq: 1 to redrive.
RuleMessagesDlq: 1 malformed.
OperatorMessagesDlq: empty.
WakeUpsDlq: empty.
DispatchDlq: 1 to redrive.
PolicyChangesDlq: 1 unreadable.
`,
      err: 'DispatchDlq has about 1 more, which SQS shows only after those before them are deleted.\n',
    });
    const there = [queues.contactEventsDlq, queues.ruleMessagesDlq, queues.policyChangesDlq];
    const ids = await Promise.all(there.map(async (queue) => (await messages(queue))[0]?.MessageId));
    expect(ids).toEqual([event, bad, text]);
    expect(await depths(queues.dispatchDlq)).toEqual({ visible: 2, delayed: 0 });
    expect(await depths(queues.ruleMessages)).toEqual({ visible: 0, delayed: 0 });
  });

  test('malformed and unreadable letters are reported, and remain visible; the others are resent', async () => {
    const first = { OriginalMessageId: 'm-0' };
    await put(queues.ruleMessagesDlq, { type: 'signal' }, { ...MALFORMED, ...first });
    const text = await put(queues.ruleMessagesDlq, 'text');
    await put(queues.ruleMessagesDlq, { type: 'reevaluate' });
    expect(await redrive('RuleMessagesDlq')).toEqual({
      code: 1,
      out: 'RuleMessagesDlq: 1 redriven, 1 malformed, 1 unreadable.\n',
      err: `RuleMessagesDlq m-0 (1m old; missing: signal: signal is missing.): remains: malformed, it would fail again (--include-malformed resends it)
RuleMessagesDlq ${text} (1m old): remains: unreadable, its body is not a JSON object
To delete everything that remains in RuleMessagesDlq: aws sqs purge-queue --queue-url ${queues.ruleMessagesDlq.url}
`,
    });
    expect((await messages(queues.ruleMessagesDlq)).map(({ Body }) => Body)).toEqual([
      '{"type":"signal"}',
      'text',
    ]);
    expect(await bodies(queues.ruleMessages)).toEqual([{ type: 'reevaluate' }]);
  });

  test('--include-malformed resends malformed messages', async () => {
    await put(queues.ruleMessagesDlq, { type: 'signal' }, { ...MALFORMED, OriginalMessageId: 'm-0' });
    expect(await redrive('RuleMessagesDlq', '--include-malformed')).toEqual({
      code: 0,
      out: 'RuleMessagesDlq: 1 redriven.\n',
      err: '',
    });
    expect(await bodies(queues.ruleMessages)).toEqual([{ type: 'signal' }]);
  });

  test('--include-malformed leaves a contact event that this version cannot parse, and gives the reason', async () => {
    const event = { ...EVENT, detail: { eventType: 'QUEUED' } };
    const id = await put(queues.contactEventsDlq, {
      requestPayload: event,
      responsePayload: { errorType: 'MalformedEventError', errorMessage: 'no contact' },
    });
    const reason = 'detail.contactId is missing: expected the id of a contact. (contact-event)';
    expect(await redrive('ContactEventsDlq', '--include-malformed')).toEqual({
      code: 1,
      out: 'ContactEventsDlq: 1 malformed.\n',
      err: `ContactEventsDlq ${id} (1m old; MalformedEventError: no contact): remains: malformed, ${reason}
To delete everything that remains in ContactEventsDlq: aws sqs purge-queue --queue-url ${queues.contactEventsDlq.url}
`,
    });
    expect(await depths(queues.contactEventsDlq)).toEqual({ visible: 1, delayed: 0 });
    expect(await depths(queues.ruleMessages)).toEqual({ visible: 0, delayed: 0 });
    const { out } = await redrive('ContactEventsDlq', '--include-malformed', '--json');
    expect(JSON.parse(out).deadLetters).toEqual([
      expect.objectContaining({ disposition: 'malformed', reason, redriven: false }),
    ]);
  });

  test('--max limits the letters that are resent, over all queues together', async () => {
    await put(queues.contactEventsDlq, 'text');
    for (let count = 0; count < 13; count += 1) await put(queues.contactEventsDlq, EVENT);
    await put(queues.ruleMessagesDlq, { type: 'reevaluate' });
    expect((await redrive('ContactEventsDlq', 'RuleMessagesDlq', '--max', '12')).out).toBe(
      'ContactEventsDlq: 12 redriven, 1 unreadable.\nRuleMessagesDlq: empty.\n',
    );
    expect(await depths(queues.contactEventsDlq)).toEqual({ visible: 2, delayed: 0 });
    expect(await depths(queues.operatorMessages)).toEqual({ visible: 12, delayed: 0 });
  });

  test('--json prints one document', async () => {
    const id = await put(queues.ruleMessagesDlq, { type: 'reevaluate' });
    await put(queues.ruleMessagesDlq, { type: 'signal' }, { ...MALFORMED, OriginalMessageId: 'm-0' });
    const { code, out, err } = await redrive('RuleMessagesDlq', '--json');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const queue = 'RuleMessagesDlq';
    expect(JSON.parse(out)).toEqual({
      dryRun: false,
      deadLetters: [
        {
          queue,
          messageId: expect.any(String),
          originalMessageId: 'm-0',
          ageSeconds: 60,
          errorCode: 'missing',
          errorMessage: 'signal:\nsignal is missing.',
          disposition: 'malformed',
          redriven: false,
        },
        {
          queue,
          messageId: id,
          originalMessageId: id,
          ageSeconds: 60,
          disposition: 'rule-message',
          redriven: true,
        },
      ],
    });
  });

  test('a terminal shows the progress of a long run, and clears the line at the end', async () => {
    for (let count = 0; count < 3; count += 1) await put(queues.ruleMessagesDlq, { type: 'reevaluate' });
    const lines: string[] = [];
    let now = 0;
    // Each reading of the clock is a second later.
    const slow = { now: () => (now += 1_000), status: (text: string) => lines.push(text) };
    await redriveWith(slow, 'RuleMessagesDlq');
    expect(lines).toEqual([
      'RuleMessagesDlq: 2 of about 3 dead letters',
      'RuleMessagesDlq: 3 of about 3 dead letters',
      '',
    ]);
    lines.length = 0;
    await put(queues.ruleMessagesDlq, { type: 'reevaluate' });
    await redriveWith({ now: 0, status: (text) => lines.push(text) }, 'RuleMessagesDlq');
    expect(lines).toEqual([]);
  });

  test('a prefix without a deployment is an AWS error', async () => {
    expect(await redrive('--prefix', '/other')).toEqual({
      code: 3,
      out: '',
      err:
        'escalator: SSM parameter /other/deployment not found; it lists the queues and the table of the deployment. ' +
        'Check --prefix and the Region. If the deployed version is older, deploy the stack again.\n',
    });
  });
});

describe('redriveAll', () => {
  const ofRuleMessages = () => [new DeadLetterQueue('RuleMessagesDlq', queues.ruleMessagesDlq.url, client)];

  test('ends although resent letters fail again, and reports them', async () => {
    const ids = await Promise.all(
      Array.from({ length: 25 }, () => put(queues.ruleMessagesDlq, { type: 'reevaluate' })),
    );
    const handled: HandledDeadLetter[] = [];
    await redriveAll(ofRuleMessages(), {
      resender: {
        // As rule-messages does with a malformed message.
        async send({ body, original }) {
          await client.send(
            new SendMessageCommand({
              QueueUrl: queues.ruleMessagesDlq.url,
              MessageBody: body,
              MessageAttributes: originalMessageAttributes(original),
            }),
          );
        },
        async reevaluate() {},
      },
      dryRun: false,
      includeMalformed: true,
      max: Number.POSITIVE_INFINITY,
      onHandled: (one) => handled.push(one),
    });
    const of = (kind: string) =>
      handled
        .filter(({ disposition }) => disposition.kind === kind)
        .map(({ letter }) => letter.original.messageId);
    expect(of('rule-message').sort()).toEqual(ids.sort());
    expect(of('returned').sort()).toEqual(ids.sort());
    expect(handled).toHaveLength(50);
    expect(await depths(queues.ruleMessagesDlq)).toEqual({ visible: 25, delayed: 0 });
  });

  test('deletes the letters that it resent, and releases one that it cannot resend', async () => {
    for (const name of ['a', 'b', 'c']) await put(queues.ruleMessagesDlq, { name });
    const run = redriveAll(ofRuleMessages(), {
      resender: {
        async send({ value }) {
          if (value?.name === 'b') throw new RangeError('not this one');
        },
        async reevaluate() {},
      },
      dryRun: false,
      includeMalformed: false,
      max: Number.POSITIVE_INFINITY,
      onHandled() {},
    });
    await expect(run).rejects.toThrow(new RangeError('not this one'));
    expect(await bodies(queues.ruleMessagesDlq)).toEqual([{ name: 'b' }]);
  });
});
