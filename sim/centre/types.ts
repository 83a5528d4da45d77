import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import type { AgeAdjustment, Routing } from '../../lambda/domain/routing/routing.ts';

/** The Connect instance whose contacts these are. */
export interface InstanceSpec {
  readonly id: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  readonly region: string;
}

/** A standard queue. */
export interface QueueSpec {
  readonly id: string;
  /** Default: the ARN that Connect gives a queue with that id. */
  readonly arn?: string;
  /** Default: the id. */
  readonly name?: string;
}

/** A queue in the routing profile of an agent. */
export interface ServedQueue {
  readonly queueId: string;
  /**
   * 1 is the first. An agent is offered contacts of a queue only if queues with lower numbers have none for
   * the agent.
   */
  readonly priority: number;
  /** The time that a contact must have waited before it is offered to this agent, in seconds; default 0. */
  readonly delaySeconds?: number;
}

/** The concurrency of one channel in a routing profile. */
export interface ChannelConcurrency {
  /** The maximum number of contacts at the same time; at least 1. */
  readonly contacts: number;
  /**
   * Whether an agent with a contact of this channel is offered contacts of other channels; default false.
   * Source: Amazon Connect API reference, MediaConcurrency, CrossChannelBehavior (`ROUTE_ANY_CHANNEL`).
   */
  readonly otherChannels?: boolean;
}

/** A working period of an agent. Milliseconds since the epoch; `from` is before `to`. */
export interface Shift {
  readonly from: number;
  readonly to: number;
}

/** An agent with their routing profile. */
export interface AgentSpec {
  readonly id: string;
  readonly queues: readonly ServedQueue[];
  /** VOICE, CHAT, TASK, EMAIL. */
  readonly channels: readonly string[];
  /** Attribute name, value, level from 1 to 5: `{ Language: { English: 4 } }`. */
  readonly proficiencies?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The maximum number of contacts at the same time, in total or per channel; default 1 in total. */
  readonly concurrency?: number | Readonly<Record<string, ChannelConcurrency>>;
  /**
   * In order of time, without overlaps; read one at a time, so the sequence may be infinite. Outside shifts
   * the agent is offered nothing, but finishes current contacts. Default: the agent always works.
   */
  readonly shifts?: Iterable<Shift>;
}

/** A contact that arrives and is queued at once. */
export interface Arrival {
  readonly contactId: string;
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  /** How events name the customer. Default: they do not. */
  readonly customerId?: string;
  /** VOICE, CHAT, TASK or EMAIL. */
  readonly channel: string;
  /** INBOUND, API, QUEUE_TRANSFER, ... */
  readonly initiationMethod: string;
  readonly queueId: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** As plain strings; default: the `connect:Subtype` of the channel. */
  readonly segmentAttributes?: Readonly<Record<string, string>>;
  /**
   * The routing that the flow set before it queued the contact; default priority 5, no adjustment, no
   * criteria.
   */
  readonly routing?: Routing;
  /**
   * The enqueue time that it keeps from an earlier contact, in milliseconds since the epoch. Its place, its routing age and its
   * events depend on it. Default, and at most: the moment of its arrival.
   */
  readonly enqueuedAt?: number;
  /** The handling time in milliseconds, at least 0, without after-contact work. */
  readonly handlingMs: number;
  /**
   * For how long it rings at an agent until the agent answers, in milliseconds; default 0. It waits meanwhile, and the agent is
   * offered no other in its place.
   */
  readonly ringingMs?: number;
  /** Its after-contact work, in milliseconds; default: that of the centre. */
  readonly afterContactWorkMs?: number;
  /** The time in milliseconds after which the customer abandons the queue; Infinity is allowed. */
  readonly patienceMs: number;
}

/** A routing change of a contact. It takes effect after the routing lag. */
export interface RoutingChangeRecord extends Routing {
  /** When the call was made, in milliseconds since the epoch. */
  readonly at: number;
}

/** A contact whose customer disconnected. Times are milliseconds since the epoch. */
export interface FinishedContact {
  readonly contactId: string;
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  readonly channel: string;
  readonly queueId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly enqueuedAt: number;
  /** How it left the queue. */
  readonly waitEnd: 'answered' | 'abandoned' | 'transferred';
  /** When it left the queue. */
  readonly leftAt: number;
  /** Only of an answered contact. */
  readonly connectedAt?: number;
  /** Only of an answered contact. */
  readonly agentId?: string;
  /** When the customer disconnected. */
  readonly disconnectedAt: number;
  /** In the order of the calls. */
  readonly changes: readonly RoutingChangeRecord[];
}

/** A contact event as EventBridge delivers it. */
export interface ContactEventEnvelope {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'Amazon Connect Contact Event';
  readonly source: 'aws.connect';
  readonly account: string;
  /** Cut to whole seconds, as EventBridge does. */
  readonly time: string;
  readonly region: string;
  /** The contact's ARN and the instance's. */
  readonly resources: readonly string[];
  readonly detail: { readonly eventType: ContactEventType; readonly contactId: string } & Readonly<
    Record<string, unknown>
  >;
}

/** The types of contact events that the centre publishes. */
export type ContactEventType =
  | 'INITIATED'
  | 'QUEUED'
  | 'CONTACT_DATA_UPDATED'
  | 'CONNECTED_TO_AGENT'
  | 'PAUSED'
  | 'RESUMED'
  | 'DISCONNECTED'
  | 'COMPLETED';

/** The configuration and the listeners of a centre. */
export interface CentreOptions {
  readonly instance: InstanceSpec;
  readonly queues: readonly QueueSpec[];
  /** Queues that an agent serves and that `queues` does not list are created. */
  readonly agents: readonly AgentSpec[];
  /**
   * Returns numbers from 0 up to, but not including, 1: for the ids of events and of transferred contacts.
   */
  readonly random: () => number;
  /** Receives each contact event at the end of its moment. */
  readonly publish?: (event: ContactEventEnvelope) => void;
  /**
   * Receives the result of parseContactEvent for each contact event at the end of its moment, much faster
   * than by parsing. Use times after 1970: in events, earlier times count as not set.
   */
  readonly onEvent?: (event: ContactEvent) => void;
  /** Receives each contact once, when the customer disconnects; after-contact work may follow. */
  readonly onDisconnected?: (contact: FinishedContact) => void;
  /** Receives each contact once, when it ends, after-contact work included. */
  readonly onFinished?: (contact: FinishedContact) => void;
  /**
   * The routing lag: the time from a change until it affects rank and criteria, in milliseconds; default 60
   * 000. Source: administrator guide, "Change routing priority / age".
   */
  readonly routingLagMs?: number;
  /** Whether a second QueueTimeAdjustmentSeconds replaces the first or adds to it; default `absolute`. */
  readonly ageAdjustment?: AgeAdjustment;
  /** The duration of after-contact work, in milliseconds; default 10 000. */
  readonly afterContactWorkMs?: number;
  /** The handling time of contacts that were adopted, in milliseconds; default 180 000. */
  readonly adoptedHandlingMs?: number;
  /** The time for which an ended contact can still be described, in milliseconds; default 60 000. */
  readonly keepFinishedMs?: number;
}
