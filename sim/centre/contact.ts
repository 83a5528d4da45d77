import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';
import type { Agent } from './agent.ts';
import { activateCriteria, type CriteriaProgress, newCriteriaProgress } from './criteria-progress.ts';
import type { ScheduledEvent } from './event-queue.ts';
import type { Queue } from './queue.ts';
import type { Arrival, FinishedContact, RoutingChangeRecord } from './types.ts';
import type { QueueEntry } from './waiting-queue.ts';

/** How far a contact has come. */
export type ContactState = 'waiting' | 'connected' | 'in after-contact work' | 'over';

/** The routing of a contact with nothing left open. */
export interface RoutingState {
  priority: number;
  ageSeconds: number;
  criteriaProgress: CriteriaProgress | undefined;
}

/** A contact inside of the centre. Times are milliseconds since the epoch. */
export interface Contact {
  readonly source: Arrival;
  readonly queue: Queue;
  /** Which contact of the centre this is: the lower one came first. */
  readonly order: number;
  readonly initiatedAt: number;
  readonly enqueuedAt: number;
  state: ContactState;
  /** What ranks the contact and selects its agents. */
  readonly effective: RoutingState;
  /** What DescribeContact answers: ahead of what is in force by the routing lag. */
  readonly described: RoutingState;
  readonly changes: RoutingChangeRecord[];
  attributes: Readonly<Record<string, string>>;
  isPaused: boolean;
  pausedAt?: number;
  resumedAt?: number;
  /** When and how it left the queue. */
  queueExit?: { readonly at: number; readonly waitEnd: FinishedContact['waitEnd'] };
  connectedAt?: number;
  agentId?: string;
  /** Undefined also when it is an agent that the centre does not know. */
  agent?: Agent;
  disconnectedAt?: number;
  /** What was left of the handling when a connected task was paused. */
  handlingLeftMs?: number;
  /** Where it stands in line, as long as it does. */
  readonly queueEntries: QueueEntry[];
  readonly timers: {
    patience?: ScheduledEvent;
    /** When the next agents, those with a longer delay, are offered the contact. */
    delay?: ScheduledEvent;
    step?: ScheduledEvent;
    handling?: ScheduledEvent;
    /** Those that have not taken effect yet. */
    changes?: Set<ScheduledEvent>;
  };
}

/** Where a contact begins to wait, and since when. */
export interface EnqueuedContact {
  readonly source: Arrival;
  readonly queue: Queue;
  readonly order: number;
  readonly initiatedAt: number;
  readonly enqueuedAt: number;
}

/** A contact that waits; its criteria, if it has any, are in effect since `now`. */
export function newContact(beginning: EnqueuedContact, now: number): Contact {
  const {
    priority = DEFAULT_ROUTING.priority,
    ageSeconds = DEFAULT_ROUTING.ageSeconds,
    criteria,
  } = beginning.source.routing ?? {};
  const run = criteria && newCriteriaProgress(criteria, 0);
  if (run) activateCriteria(run, now);
  return {
    ...beginning,
    state: 'waiting',
    effective: { priority, ageSeconds, criteriaProgress: run },
    described: { priority, ageSeconds, criteriaProgress: run },
    changes: [],
    attributes: beginning.source.attributes ?? {},
    isPaused: false,
    queueEntries: [],
    timers: {},
  };
}

/** What the rank of a contact hangs on. */
export type Rankable = Pick<Contact, 'enqueuedAt' | 'order'> & {
  readonly effective: Readonly<Pick<RoutingState, 'priority' | 'ageSeconds'>>;
};

/**
 * Negative where `a` is served before `b`: by lower priority number, then by greater routing age, then by
 * order of arrival. Since all contacts age alike, the routing age is compared by the moment at which the
 * contact would have been queued to be that old: that does not change as time goes by.
 *
 * Source: Amazon Connect administrator guide, "Change routing priority / age" and "How routing works".
 */
export function compareRank(a: Rankable, b: Rankable): number {
  return (
    a.effective.priority - b.effective.priority ||
    effectiveEnqueuedAt(a) - effectiveEnqueuedAt(b) ||
    a.order - b.order
  );
}

function effectiveEnqueuedAt({ enqueuedAt, effective: inForce }: Rankable): number {
  return enqueuedAt - inForce.ageSeconds * 1_000;
}
