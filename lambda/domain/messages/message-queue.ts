import type { Problem } from '../validation/problem.ts';

/**
 * The queues of messages, parted by who may send what, since IAM cannot tell the bodies of messages apart: signals and
 * rule events of other systems, what people order, and what this system sends to itself.
 */
export const MESSAGE_QUEUES = ['RuleMessages', 'OperatorMessages', 'WakeUps'] as const;

export type MessageQueue = (typeof MESSAGE_QUEUES)[number];

/** What a queue may hold: the types of messages, and the two kinds of EventBridge envelopes. */
export type MessageKind = keyof typeof QUEUES_OF;

/** The queues that take each kind, the one for other senders first. */
const QUEUES_OF = {
  signal: ['RuleMessages'],
  /** A copy of a signal that was sent to a queue of Connect: no more than its sender may send. */
  'signal-of-queue': ['RuleMessages'],
  'continue-signal': ['RuleMessages'],
  'rule-event': ['RuleMessages'],
  override: ['OperatorMessages'],
  release: ['OperatorMessages'],
  /** A sender of contact events can end the escalation of a contact. */
  'contact-event': ['OperatorMessages'],
  reevaluate: ['OperatorMessages', 'WakeUps'],
  /** By people, or by the sweep, which finds contacts in the same way. */
  adopt: ['OperatorMessages', 'WakeUps'],
  wake: ['WakeUps'],
  inherit: ['WakeUps'],
  'continue-reevaluate': ['WakeUps'],
  'reevaluate-queue': ['WakeUps'],
  poll: ['WakeUps'],
  'queue-name': ['WakeUps'],
  staffing: ['WakeUps'],
} as const satisfies Record<string, readonly MessageQueue[]>;

/** The queue that others send messages of a kind to. */
function queueOf(kind: MessageKind): MessageQueue {
  return QUEUES_OF[kind][0];
}

/**
 * The problem of a message on a queue that does not take it.
 *
 * @param queue - undefined where the queue is not known: then there is none.
 */
export function wrongQueueProblem(
  kind: MessageKind,
  path: Problem['path'],
  queue: MessageQueue | undefined,
): Problem | undefined {
  const allowed: readonly MessageQueue[] = QUEUES_OF[kind];
  if (queue === undefined || allowed.includes(queue)) return undefined;
  const advice =
    queueOf(kind) === 'WakeUps'
      ? 'only this system itself sends it, through WakeUps'
      : `send it to ${queueOf(kind)}`;
  return {
    code: 'wrong-queue',
    path,
    found: kind,
    allowed: `the queue ${allowed.join(' or ')}`,
    message: `${queue} does not take a message of the kind ${kind}: ${advice}.`,
  };
}
