import type { ContactKey } from '../contact/contact-key.ts';
import type { ContactFacts } from '../contact/facts.ts';
import type { EventOrigin } from '../contact/parse-event.ts';
import type { Inheritance } from '../contact/transfer-chain.ts';
import type { Routing } from '../routing/routing.ts';
import { createProblem, firstProblems, formatProblem, type Problem } from '../validation/problem.ts';
import type { MessageQueue } from './message-queue.ts';

/** A message about one contact. Times are milliseconds since the epoch. */
export type ContactMessage = ContactKey &
  (
    | {
        readonly type: 'signal';
        readonly id: string;
        readonly at: number;
        readonly signal: string;
        readonly until?: number;
      }
    | {
        /** The copy of a signal that was sent to the queue in which the contact waited then. */
        readonly type: 'signal-of-queue';
        readonly id: string;
        readonly at: number;
        readonly signal: string;
        readonly until?: number;
        /** Absent in a copy that an earlier version sent: the queue of the contact. */
        readonly queueArn?: string;
      }
    | ({ readonly type: 'override'; readonly set: Routing; readonly until?: number } & OperatorFields)
    | ({ readonly type: 'release' } & OperatorFields)
    /** Connect shall be asked about the contact, which no event may have reported. */
    | { readonly type: 'adopt'; readonly at: number }
    | { readonly type: 'wake'; readonly wakeAt: number }
    /** What the contact before it in the transfer chain hands on. */
    | ({ readonly type: 'inherit' } & Inheritance)
  );

/** Who sent a message. */
export interface Sender {
  /**
   * As SQS names the sender: the id of an IAM user, or of a role with the name of its session. No sender can influence
   * it. Absent where the message came through no queue.
   */
  readonly sender?: string;
  /** The sender of the first sending of a message that was redriven, as the redrive states it. */
  readonly originalSender?: string;
}

/** What an operator's message carries besides its routing. */
interface OperatorFields extends Sender {
  readonly id: string;
  readonly at: number;
  /** Who the message says ordered it. */
  readonly actor?: string;
  readonly reason?: string;
}

/** A signal for every contact that waits in a queue. */
export interface QueueSignal {
  readonly type: 'queue-signal';
  readonly id: string;
  readonly at: number;
  readonly queueArn: string;
  readonly signal: string;
  readonly until?: number;
  /** The part of the fan-out that is due, from 0. Default 0. */
  readonly part?: number;
}

/** Every queued contact is reconciled again. */
export interface ResyncAll {
  readonly type: 'reevaluate';
  readonly id: string;
  /** The queue whose state has changed: those that wait there alone. Absent: all. */
  readonly queueArn?: string;
  /** The part of the fan-out that is due, from 0. Default 0. */
  readonly part?: number;
  /**
   * The publication of the configuration that the message follows. It is passed over where a newer one decides, or
   * another one of the same revision: that one has a message of its own. Absent: never passed over.
   */
  readonly configuration?: { readonly revision: number; readonly id: string };
}

/** A contact event that came through the queue, as dead letters do that are redriven. */
export interface ContactEventMessage extends ContactKey {
  readonly type: 'contact-event';
  readonly facts: ContactFacts;
  readonly origin?: EventOrigin;
  readonly customerId?: string;
  readonly changesTags?: true;
}

/** A rule event of an EventBridge archive that is replayed. Nothing is done about it. */
export interface ReplayedRuleEvent {
  readonly type: 'replayed-rule-event';
}

/** The load of queues is read, for the conditions that policies name. */
export interface Poll {
  readonly type: 'poll';
  /** When it was due, in milliseconds since the epoch. */
  readonly at: number;
}

/** The name of a queue is looked up, for the policies that name it. */
export interface QueueNameRequest {
  readonly type: 'queue-name';
  readonly instanceId: string;
  readonly queueArn: string;
}

/** How many agents of a queue are staffed for expressions of routes is read. */
export interface StaffingRequest {
  readonly type: 'staffing';
  readonly instanceId: string;
  readonly queueArn: string;
  /** As canonical JSON, at least one. */
  readonly expressions: readonly string[];
}

export type RuleMessage =
  | ContactMessage
  | ContactEventMessage
  | QueueSignal
  | ResyncAll
  | Poll
  | QueueNameRequest
  | StaffingRequest
  | ReplayedRuleEvent;

/** What a message's envelope says of it. */
export interface MessageMetadata extends Sender {
  /** The id that SQS first gave it: it makes a message without an `id` of its own idempotent. */
  readonly messageId: string;
  /** When it was first sent, in milliseconds since the epoch: a `ttl` counts from then, however late it is read. */
  readonly sentAt: number;
  /** Instance ids served. */
  readonly instances: readonly string[];
  /**
   * Instance ids given at deployment. An event of an instance that is neither of them nor served comes from outside.
   * Absent where they are not known: then the instance of an event is not checked.
   */
  readonly deployedInstances?: readonly string[];
  /** The Region of the deployment. Absent where that is not known: then the ARN of a queue may have any. */
  readonly region?: string | undefined;
  /** The queue that it came through. Absent where that is not known: then any kind of message is taken. */
  readonly queue?: MessageQueue | undefined;
}

/** A message that cannot be understood: no retry can help it. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError';
  /** The first problems. */
  readonly problems: readonly Problem[];
  /** How many there are. */
  readonly problemCount: number;

  constructor(problems: readonly Problem[]) {
    const { first, rest } = firstProblems(problems);
    super([...first.map(formatProblem), ...rest].join('\n'));
    this.problems = first;
    this.problemCount = problems.length;
  }
}

/** The error for a message with one problem. */
export function malformed(
  code: string,
  path: Problem['path'],
  found: unknown,
  allowed: string,
): MalformedMessageError {
  return new MalformedMessageError([createProblem(code, path, found, allowed)]);
}
