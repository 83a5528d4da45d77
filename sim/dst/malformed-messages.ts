import type { MessageQueue } from '../../lambda/domain/messages/message-queue.ts';
import type { Random } from '../random.ts';

/** A message that has no effect, and the queue that it is sent to. */
export interface MalformedMessage {
  readonly queue: MessageQueue;
  readonly body: string;
}

/** Malformed messages, some of them about contacts of the run. */
const MALFORMED_BODIES: readonly ((instanceId: string) => string)[] = [
  () => 'not JSON',
  () => '[]',
  (instanceId) => JSON.stringify({ type: 'signal', instanceId, contactId: 'c-0' }),
  (instanceId) => JSON.stringify({ type: 'override', instanceId, contactId: 'c-0', set: { priority: 0 } }),
  (instanceId) => JSON.stringify({ type: 'relaese', instanceId, contactId: 'c-1' }),
  () => JSON.stringify({ type: 'signal', instanceId: 'unknown', contactId: 'c-0', signal: 'vip' }),
  () => JSON.stringify({ 'detail-type': 'Contact Lens Realtime Rules Matched', detail: {} }),
];

/** Valid messages on a queue that does not take them: a sender of signals may not override, and nobody may wake. */
const MISPLACED_MESSAGES: readonly ((instanceId: string) => [MessageQueue, object])[] = [
  (instanceId) => ['RuleMessages', { type: 'override', instanceId, contactId: 'c-0', set: { priority: 1 } }],
  (instanceId) => ['RuleMessages', { type: 'release', instanceId, contactId: 'c-1' }],
  (instanceId) => [
    'RuleMessages',
    { type: 'wake', instanceId, contactId: 'c-0', wakeAt: '2099-01-01T00:00:00Z' },
  ],
  (instanceId) => [
    'OperatorMessages',
    { type: 'wake', instanceId, contactId: 'c-1', wakeAt: '2099-01-01T00:00:00Z' },
  ],
  (instanceId) => ['OperatorMessages', { type: 'signal', instanceId, contactId: 'c-0', signal: 'vip' }],
];

/** A random subset of the malformed and misplaced messages. */
export function randomMalformedMessages(random: Random, instanceId: string): MalformedMessage[] {
  const isChosen = () => random() < 0.15;
  return [
    ...MALFORMED_BODIES.filter(isChosen).map((create) => ({
      queue: 'RuleMessages' as const,
      body: create(instanceId),
    })),
    ...MISPLACED_MESSAGES.filter(isChosen).map((create) => {
      const [queue, body] = create(instanceId);
      return { queue, body: JSON.stringify(body) };
    }),
  ];
}
