import { describe, expect, test } from '@jest/globals';
import {
  MESSAGE_QUEUES,
  type MessageKind,
  type MessageQueue,
  wrongQueueProblem,
} from '../../../lambda/domain/messages/message-queue.ts';
import { parseRuleMessage } from '../../../lambda/domain/messages/parse.ts';
import { MalformedMessageError } from '../../../lambda/domain/messages/rule-message.ts';

const ARN = 'arn:aws:connect:eu-central-1:123456789012:instance/i';
const contact = { contactId: 'c-1' };

/** A valid message of each kind, and the queues that take it. */
const KINDS: Record<string, { body: object; queues: MessageQueue[]; advice: string }> = {
  signal: {
    body: { type: 'signal', ...contact, signal: 'vip' },
    queues: ['RuleMessages'],
    advice: 'send it to RuleMessages',
  },
  'signal-of-queue': {
    body: { type: 'signal-of-queue', ...contact, signal: 'backlog' },
    queues: ['RuleMessages'],
    advice: 'send it to RuleMessages',
  },
  'continue-signal': {
    body: { type: 'continue-signal', queueArn: `${ARN}/queue/q`, signal: 'backlog', part: 1 },
    queues: ['RuleMessages'],
    advice: 'send it to RuleMessages',
  },
  'continue-reevaluate': {
    body: { type: 'continue-reevaluate', part: 1 },
    queues: ['WakeUps'],
    advice: 'only this system itself sends it, through WakeUps',
  },
  'queue-name': {
    body: { type: 'queue-name', instanceId: 'i', queueArn: `${ARN}/queue/q` },
    queues: ['WakeUps'],
    advice: 'only this system itself sends it, through WakeUps',
  },
  staffing: {
    body: { type: 'staffing', instanceId: 'i', queueArn: `${ARN}/queue/q`, expressions: ['{}'] },
    queues: ['WakeUps'],
    advice: 'only this system itself sends it, through WakeUps',
  },
  'rule-event': {
    body: {
      'detail-type': 'Contact Lens Realtime Rules Matched',
      detail: { ruleName: 'angry', contactArn: `${ARN}/contact/c-1` },
    },
    queues: ['RuleMessages'],
    advice: 'send it to RuleMessages',
  },
  override: {
    body: { type: 'override', ...contact, set: { priority: 1 } },
    queues: ['OperatorMessages'],
    advice: 'send it to OperatorMessages',
  },
  release: {
    body: { type: 'release', ...contact },
    queues: ['OperatorMessages'],
    advice: 'send it to OperatorMessages',
  },
  'contact-event': {
    body: {
      'detail-type': 'Amazon Connect Contact Event',
      time: '2026-11-23T10:00:00Z',
      detail: { eventType: 'DISCONNECTED', contactId: 'c-1', instanceArn: ARN },
    },
    queues: ['OperatorMessages'],
    advice: 'send it to OperatorMessages',
  },
  reevaluate: {
    body: { type: 'reevaluate' },
    queues: ['OperatorMessages', 'WakeUps'],
    advice: 'send it to OperatorMessages',
  },
  wake: {
    body: { type: 'wake', ...contact, wakeAt: '2026-11-23T10:00:00Z' },
    queues: ['WakeUps'],
    advice: 'only this system itself sends it, through WakeUps',
  },
  adopt: {
    body: { type: 'adopt', ...contact },
    queues: ['OperatorMessages', 'WakeUps'],
    advice: 'send it to OperatorMessages',
  },
  'reevaluate-queue': {
    body: { type: 'reevaluate-queue', queueArn: `${ARN}/queue/q` },
    queues: ['WakeUps'],
    advice: 'only this system itself sends it, through WakeUps',
  },
  poll: {
    body: { type: 'poll', pollAt: '2026-11-23T10:00:00Z' },
    queues: ['WakeUps'],
    advice: 'only this system itself sends it, through WakeUps',
  },
  inherit: {
    body: { type: 'inherit', ...contact, previousContactId: 'c-0', transfers: 1, signals: {} },
    queues: ['WakeUps'],
    advice: 'only this system itself sends it, through WakeUps',
  },
};

function outcome(body: object, queue?: MessageQueue): string {
  try {
    parseRuleMessage(JSON.stringify(body), { messageId: 'm', sentAt: 0, instances: ['i'], queue });
    return 'taken';
  } catch (error) {
    if (!(error instanceof MalformedMessageError)) throw error;
    return error.message;
  }
}

test('the queues are parted by who may send what', () => {
  const takenBy = (kind: MessageKind) =>
    MESSAGE_QUEUES.filter((queue) => !wrongQueueProblem(kind, ['type'], queue));
  expect(takenBy('signal')).toEqual(['RuleMessages']);
  expect(takenBy('reevaluate')).toEqual(['OperatorMessages', 'WakeUps']);
  expect(wrongQueueProblem('signal', ['type'], 'WakeUps')).toMatchObject({
    code: 'wrong-queue',
    found: 'signal',
  });
});

describe.each(Object.entries(KINDS))('%s', (kind, { body, queues, advice }) => {
  test.each(MESSAGE_QUEUES)('on %s', (queue) => {
    const path = Object.hasOwn(body, 'type') ? 'type' : 'detail-type';
    const refusal = `${path}: ${queue} does not take a message of the kind ${kind}: ${advice}. (wrong-queue)`;
    expect(outcome(body, queue)).toBe(queues.includes(queue) ? 'taken' : refusal);
  });

  test('is refused with the queues that take it', () => {
    const [allowed] = MESSAGE_QUEUES.filter((queue) => !queues.includes(queue)).map(
      (queue) => wrongQueueProblem(kind as MessageKind, ['type'], queue)?.allowed,
    );
    expect(allowed).toBe(`the queue ${queues.join(' or ')}`);
  });

  test('is taken where the queue is not known', () => {
    expect(outcome(body)).toBe('taken');
  });
});
