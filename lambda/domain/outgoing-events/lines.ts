import type { Routing } from '../routing/routing.ts';

/** Message of the log line of a change. */
export const CHANGE_MESSAGE = 'change';

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
