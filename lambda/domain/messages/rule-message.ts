import type { ContactKey } from '../contact/contact-key.ts';
import type { ContactFacts } from '../contact/facts.ts';
import type { EventOrigin } from '../contact/parse-event.ts';
import type { Inheritance } from '../contact/transfer-chain.ts';
import type { Routing } from '../routing/routing.ts';
import { createProblem, formatProblem, type Problem } from '../validation/problem.ts';
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

/** What an operator's message carries besides its routing. */
interface OperatorFields {
  readonly id: string;
  readonly at: number;
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
}

/** Every queued contact is reconciled again. */
export interface ResyncAll {
  readonly type: 'reevaluate';
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
}

/** A rule event of an EventBridge archive that is replayed. Nothing is done about it. */
export interface ReplayedRuleEvent {
  readonly type: 'replayed-rule-event';
}

export type RuleMessage = ContactMessage | ContactEventMessage | QueueSignal | ResyncAll | ReplayedRuleEvent;

/** What a message's envelope says of it. */
export interface MessageMetadata {
  /** The id that SQS first gave it: it makes a message without an `id` of its own idempotent. */
  readonly messageId: string;
  /** When it was first sent, in milliseconds since the epoch: a `ttl` counts from then, however late it is read. */
  readonly sentAt: number;
  /** Instance ids served. */
  readonly instances: readonly string[];
  /** The Region of the deployment. Absent where that is not known: then the ARN of a queue may have any. */
  readonly region?: string | undefined;
  /** The queue that it came through. Absent where that is not known: then any kind of message is taken. */
  readonly queue?: MessageQueue | undefined;
}

/** A message that cannot be understood: no retry can help it. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
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
