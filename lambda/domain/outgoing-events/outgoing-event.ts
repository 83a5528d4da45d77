import type { ChangeLine, ConfiguredLine, ContactOrderLine, LeftLine } from './lines.ts';

/** The events that this system sends to EventBridge, by their `detail-type`. The setting `events` chooses among them. */
export const EVENT_NAMES = [
  'escalated',
  'rejected',
  'missed',
  'left',
  'overridden',
  'released',
  'configured',
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** The `source` of every outgoing event. Rules of this system match events of Amazon Connect and of SSM only. */
export const EVENT_SOURCE = 'connect-escalator';

/** An event about a parameter of SSM. */
export interface ConfigurationEvent {
  readonly name: Extract<EventName, 'configured'>;
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number;
  readonly detail: ConfiguredLine & { readonly id: string };
}

/** An event as it is written down with the record of its contact, until EventBridge has accepted it. */
export interface OutgoingEvent {
  readonly name: Exclude<EventName, 'configured'>;
  /** When it happened, in milliseconds since the epoch. */
  readonly at: number;
  /** Absent where no event of the contact has named a queue yet: an order may come before. */
  readonly contactArn?: string;
  readonly detail: OutgoingDetail;
}

/** The `detail` of an outgoing event: the members of the log line, and an id. */
export type OutgoingDetail = (Omit<ChangeLine, 'outcome'> | LeftLine | ContactOrderLine) & {
  /** The same whenever the event is sent again. */
  readonly id: string;
};
