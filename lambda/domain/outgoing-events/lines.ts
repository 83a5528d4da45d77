import type { Routing } from '../routing/routing.ts';

/** Message of the log line of a change. */
export const CHANGE_MESSAGE = 'change';

/** Message of the log line of what an operator ordered. */
export const ORDER_MESSAGE = 'order';

/** Message of the log line of a contact that left its queue. */
export const LEFT_MESSAGE = 'left';

/** Which contact, where it waited, and which policy governed it then. */
interface GovernedVisit {
  readonly contactId: string;
  readonly instanceId: string;
  /** Id of the queue that it waited in; of an agent's own queue, the id of the agent. */
  readonly queueId: string;
  /** Name of the governing policy; absent where none governed. */
  readonly policy?: string;
  /** Index of the last step reached, from 0; absent before the first. */
  readonly step?: number;
}

/** Who wanted a change. */
export type ChangeReason =
  /** The steps of the governing policy. */
  | 'policy'
  /** An operator. */
  | 'override'
  /** The end of an override: the routing that was applied before it returns. */
  | 'restore';

/** What became of a change. */
export type ChangeOutcome =
  /** Connect accepted it. */
  | 'applied'
  /** Connect rejected it as invalid. It is not sent again until the desired routing changes. */
  | 'rejected'
  /** The contact left before the change was made. */
  | 'missed';

/** One change of a contact's routing: the members of its log line. */
export interface ChangeLine extends GovernedVisit {
  /** The fields that the change sets, as they were before; one that is not known is absent. */
  readonly from: Routing;
  /** The fields that the change sets. */
  readonly to: Routing;
  /** Milliseconds from the moment that the change was due until it was made, rejected or missed. */
  readonly latenessMs: number;
  readonly reason: ChangeReason;
  readonly outcome: ChangeOutcome;
  /** Of a rejected change: what Connect said. */
  readonly error?: string;
}

/** What became of an order. */
export type OrderOutcome =
  /** It took effect: from then on it decides, until it ends. */
  | 'applied'
  /** A later override or release of the contact was there already. */
  | 'superseded'
  /** It is an override whose `ttl` was over when it arrived. */
  | 'expired';

/** What an operator ordered by a message: the members of its log line. */
export interface OrderLine {
  /** The kind of the message. */
  readonly order: 'override' | 'release' | 'reevaluate' | 'adopt' | 'contact-event';
  /** Absent of a reevaluate, which is about all contacts. */
  readonly contactId?: string;
  readonly instanceId?: string;
  /** Who sent it, as SQS reports: the id of an IAM user, or of a role with the name of its session. */
  readonly sender?: string;
  /** Of a message that was redriven: who sent it first, as the redrive states. */
  readonly originalSender?: string;
  /** Who the message says ordered it. Nobody checks that. */
  readonly actor?: string;
  /** The `id` of the message, or the one that SQS first gave it. */
  readonly messageId: string;
  /** When it was first sent, as ISO 8601. */
  readonly sentAt: string;
  /** The routing of an override. */
  readonly set?: Routing;
  /** When an override expires, as ISO 8601; absent: with the record of its contact. */
  readonly until?: string;
  /** Of an override and a release. */
  readonly outcome?: OrderOutcome;
}

/** An order about one contact. */
export type ContactOrderLine = OrderLine & Required<Pick<OrderLine, 'contactId' | 'instanceId'>>;

/** Message of the log line of a parameter that was written or deleted. */
export const CONFIGURED_MESSAGE = 'configured';

/** A change of a policy, of the settings or of the kill switch in SSM: the members of its log line. */
export interface ConfiguredLine {
  /** Its name below the prefix, such as `policies/gold`, `settings` or `pause`. */
  readonly parameter: string;
  readonly change: 'written' | 'deleted';
  /** The version that was written; of a deleted parameter the last one. */
  readonly parameterVersion: number;
  /**
   * ARN of the user or of the session of a role, as SSM reports. Absent of a deleted parameter, and where SSM does not
   * say.
   */
  readonly modifiedBy?: string;
  /** When it was written, or found deleted, as ISO 8601; absent where SSM does not say. */
  readonly at?: string;
}

/** How a contact left its queue. */
export type HowLeft =
  /** It was connected to an agent. */
  | 'answered'
  /** It ended without being connected to an agent. */
  | 'abandoned'
  /** It entered another queue. */
  | 'transferred';

/** A contact that left its queue: the members of its log line. */
export interface LeftLine extends GovernedVisit {
  /** Milliseconds from entering the queue until leaving it. */
  readonly waitedMs: number;
  readonly how: HowLeft;
}
