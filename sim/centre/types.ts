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

/** A queue in an agent's routing profile. */
export interface ServedQueue {
  readonly queueId: string;
  /** 1 is looked into first; a queue of a higher number only when those below it have nothing for the agent. */
  readonly priority: number;
  /** Seconds that a contact must have waited before this agent is offered it; default 0. */
  readonly delaySeconds?: number;
}

/** How many contacts of a channel an agent handles at the same time, as in a routing profile. */
export interface ChannelConcurrency {
  /** At most; at least 1. */
  readonly contacts: number;
  /**
   * Whether an agent who handles a contact of this channel is offered contacts of the others, too; default no.
   * Source: Amazon Connect API reference, MediaConcurrency, CrossChannelBehavior (`ROUTE_ANY_CHANNEL`).
   */
  readonly otherChannels?: boolean;
}

/** When an agent works. Milliseconds since the epoch; `from` is before `to`. */
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
  /** Attribute name, then value, then level 1-5: `{ Language: { English: 4 } }`. */
  readonly proficiencies?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Contacts handled at the same time, at most: over all channels, or of each one; default 1 over all. */
  readonly concurrency?: number | Readonly<Record<string, ChannelConcurrency>>;
  /**
   * In order of time, not overlapping; taken one by one, so they may go on without end. Outside of them the agent
   * is offered nothing, but finishes what they have. Default: the agent works always.
   */
  readonly shifts?: Iterable<Shift>;
}

/** A contact that comes in and goes to a queue at once. */
export interface Arrival {
  readonly contactId: string;
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  /** VOICE, CHAT, TASK or EMAIL. */
  readonly channel: string;
  /** INBOUND, API, QUEUE_TRANSFER, ... */
  readonly initiationMethod: string;
  readonly queueId: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly attributes?: Readonly<Record<string, string>>;
  /** As plain strings; default: the `connect:Subtype` of the channel. */
  readonly segmentAttributes?: Readonly<Record<string, string>>;
  /** What the flow set before it queued the contact; default priority 5, no adjustment, no criteria. */
  readonly routing?: Routing;
  /** How long an agent handles it, in milliseconds, at least 0; after-contact work comes on top. */
  readonly handlingMs: number;
  /** How long the customer waits, in milliseconds; Infinity is allowed. */
  readonly patienceMs: number;
}

/** A change of routing that a contact was given, as it was from then on, but for the lag. */
export interface RoutingChangeRecord extends Routing {
  /** When the call was made, in milliseconds since the epoch. */
  readonly at: number;
}

/** What became of a contact, for reports. Times are milliseconds since the epoch. */
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
  /** When the customer was gone. */
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

/** What a centre is and whom it tells. */
export interface CentreOptions {
  readonly instance: InstanceSpec;
  readonly queues: readonly QueueSpec[];
  /** A queue that an agent serves and that is not among `queues` is created. */
  readonly agents: readonly AgentSpec[];
  /** Numbers from 0 up to, but not including, 1: for the ids of events and of transferred contacts. */
  readonly random: () => number;
  /** Gets each contact event, after everything that happens at its moment has happened. */
  readonly publish?: (event: ContactEventEnvelope) => void;
  /**
   * Gets what parseContactEvent reads out of each contact event, at the time of that event and much faster. Take
   * moments after 1970: earlier ones count as not set in events.
   */
  readonly onEvent?: (event: ContactEvent) => void;
  /** Gets each contact once when its customer is gone; after-contact work may follow. */
  readonly onDisconnected?: (contact: FinishedContact) => void;
  /** Gets each contact that is over, once, after-contact work included. */
  readonly onFinished?: (contact: FinishedContact) => void;
  /**
   * How long a change to a queued contact takes to act on its rank and its criteria, in milliseconds; default
   * 60 000. Source: administrator guide, "Change routing priority / age".
   */
  readonly routingLagMs?: number;
  /** Whether a second QueueTimeAdjustmentSeconds replaces the first or adds to it; default `absolute`. */
  readonly ageAdjustment?: AgeAdjustment;
  /** How long an agent is busy after the customer is gone, in milliseconds; default 10 000. */
  readonly afterContactWorkMs?: number;
  /** Handling time of contacts that an event introduced, in milliseconds; default 180 000. */
  readonly adoptedHandlingMs?: number;
  /** How long a finished contact can still be described, in milliseconds; default 60 000. */
  readonly keepFinishedMs?: number;
}
