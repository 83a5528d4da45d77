import type { Expression } from '../../lambda/domain/routing/criteria.ts';
import type { CriteriaProgress } from './criteria-progress.ts';
import type { ScheduledEvent } from './event-queue.ts';
import type { Heap, HeapEntry } from './heap.ts';
import type { AgentSpec, Arrival, FinishedContact, RoutingChangeRecord } from './types.ts';

/** The state of a contact in its lifecycle. */
export type ContactState = 'waiting' | 'connected' | 'in after-contact work' | 'over';

/** The routing of a contact, complete with defaults. */
export interface RoutingState {
  priority: number;
  ageSeconds: number;
  criteriaProgress: CriteriaProgress | undefined;
}

/** A contact inside the centre. Times are milliseconds since the epoch. */
export interface Contact {
  readonly source: Arrival;
  readonly queue: Queue;
  /** The number of the contact in order of arrival. */
  readonly order: number;
  readonly initiatedAt: number;
  /** Before it was initiated where it keeps the enqueue time of an earlier contact. */
  readonly enqueuedAt: number;
  state: ContactState;
  /** The routing that determines the rank and the agents of the contact. */
  readonly effective: RoutingState;
  /** The routing that DescribeContact returns: ahead of the effective routing by the routing lag. */
  readonly described: RoutingState;
  readonly changes: RoutingChangeRecord[];
  attributes: Readonly<Record<string, string>>;
  isPaused: boolean;
  pausedAt?: number;
  resumedAt?: number;
  /** When and how the contact left the queue. */
  queueExit?: { readonly at: number; readonly waitEnd: FinishedContact['waitEnd'] };
  connectedAt?: number;
  agentId?: string;
  /** The agent that it rings for, or that has it. Undefined also for an agent that the centre does not know. */
  agent?: Agent;
  disconnectedAt?: number;
  /** The remaining handling time of a connected task that is paused. */
  handlingLeftMs?: number;
  /** Empty when the contact does not wait or is paused. */
  readonly queueEntries: QueueEntry[];
  readonly timers: {
    patience?: ScheduledEvent;
    /** When the contact is offered to agents with the next longer delay. */
    delay?: ScheduledEvent;
    step?: ScheduledEvent;
    /** The end of ringing. */
    ringing?: ScheduledEvent;
    handling?: ScheduledEvent;
    /** Routing changes that have not taken effect yet. */
    changes?: Set<ScheduledEvent>;
  };
}

/** An agent inside the centre. */
export interface Agent {
  readonly spec: AgentSpec;
  readonly channels: ReadonlySet<string>;
  /** The maximum number of contacts at the same time, over all channels. */
  readonly concurrency: number;
  /** An agent who is away finishes current contacts and is offered no others. */
  isAway: boolean;
  /** The channels in which the agent can take one more contact now; none while the agent is away. */
  availableChannels: ReadonlySet<string>;
  /** Sorted by the priority of the queue. */
  readonly assignments: readonly AgentQueueAssignment[];
  /** The contacts that the agent handles, after-contact work included. */
  readonly contacts: Set<Contact>;
  /** The lower, the longer the agent has been available. */
  availableOrder: number;
}

/** A queue in the routing profile of an agent. */
export interface AgentQueueAssignment {
  readonly queue: Queue;
  readonly priority: number;
  readonly delayMs: number;
  /** Agents with the same key may be offered the same contacts of the queue, unless criteria name agents. */
  readonly profileKey: string;
  /** The agent's entry among the idle agents of the queue; undefined while the agent is not idle. */
  entry?: HeapEntry<Agent>;
  /** The group of idle agents that the agent is in or was in last. */
  group?: IdleGroup;
}

/** A queue inside the centre. */
export interface Queue {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** The waiting contacts, by the delays with which agents serve the queue. Shortest delay first. */
  readonly delayLevels: readonly DelayLevel[];
  /** The agents who serve the queue and can take a contact, by profile key and available channels. */
  readonly idleGroups: Map<string, IdleGroup>;
}

/** The contacts that have waited longer than a delay. */
export interface DelayLevel {
  readonly delayMs: number;
  readonly groups: Map<string, ContactGroup>;
}

/** Contacts that may be offered to the same agents, by rank. */
export interface ContactGroup {
  readonly key: string;
  readonly channel: string;
  readonly expression: Expression | undefined;
  readonly heap: Heap<Contact>;
}

/** The position of a contact in one delay level. */
interface QueueEntry {
  readonly delayLevel: DelayLevel;
  readonly group: ContactGroup;
  readonly entry: HeapEntry<Contact>;
}

/** Idle agents that differ in nothing but their id, longest available first. */
export interface IdleGroup {
  readonly delayMs: number;
  /** The channels in which each of them can take one more contact. */
  readonly availableChannels: ReadonlySet<string>;
  readonly heap: Heap<Agent>;
}
