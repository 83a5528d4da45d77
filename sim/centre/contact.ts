import { DEFAULT_ROUTING } from '../../lambda/domain/routing.ts';
import type { Agent } from './agent.ts';
import type { Appointment } from './calendar.ts';
import { activate, type CriteriaRun, newRun } from './criteria-run.ts';
import type { Place } from './line.ts';
import type { Queue } from './queue.ts';
import type { Arrival, FinishedContact, RoutingChangeRecord } from './types.ts';

/** How far a contact has come. */
export type ContactState = 'waiting' | 'connected' | 'in after-contact work' | 'over';

/** The routing of a contact with nothing left open. */
export interface RoutingState {
  priority: number;
  ageSeconds: number;
  run: CriteriaRun | undefined;
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
  readonly inForce: RoutingState;
  /** What DescribeContact answers: ahead of what is in force by the routing lag. */
  readonly described: RoutingState;
  readonly changes: RoutingChangeRecord[];
  attributes: Readonly<Record<string, string>>;
  isPaused: boolean;
  pausedAt?: number;
  resumedAt?: number;
  /** When and how it left the queue. */
  left?: { readonly at: number; readonly outcome: FinishedContact['outcome'] };
  connectedAt?: number;
  agentId?: string;
  /** Undefined also when it is an agent that the centre does not know. */
  agent?: Agent;
  disconnectedAt?: number;
  /** What was left of the handling when a connected task was paused. */
  handlingLeftMs?: number;
  /** Where it stands in line, as long as it does. */
  readonly places: Place[];
  readonly timers: {
    patience?: Appointment;
    /** When the next agents, those with a longer delay, are offered the contact. */
    delay?: Appointment;
    step?: Appointment;
    handling?: Appointment;
    /** Those that have not taken effect yet. */
    changes?: Set<Appointment>;
  };
}

/** Where a contact begins to wait, and since when. */
export interface Beginning {
  readonly source: Arrival;
  readonly queue: Queue;
  readonly order: number;
  readonly initiatedAt: number;
  readonly enqueuedAt: number;
}

/** A contact that waits; its criteria, if it has any, are in effect since `now`. */
export function newContact(beginning: Beginning, now: number): Contact {
  const {
    priority = DEFAULT_ROUTING.priority,
    ageSeconds = DEFAULT_ROUTING.ageSeconds,
    criteria,
  } = beginning.source.routing ?? {};
  const run = criteria && newRun(criteria, 0);
  if (run) activate(run, now);
  return {
    ...beginning,
    state: 'waiting',
    inForce: { priority, ageSeconds, run },
    described: { priority, ageSeconds, run },
    changes: [],
    attributes: beginning.source.attributes ?? {},
    isPaused: false,
    places: [],
    timers: {},
  };
}

/** What the rank of a contact hangs on. */
export type Ranked = Pick<Contact, 'enqueuedAt' | 'order'> & {
  readonly inForce: Readonly<Pick<RoutingState, 'priority' | 'ageSeconds'>>;
};

/**
 * Negative where `a` is served before `b`: by lower priority number, then by greater routing age, then by
 * order of arrival. Since all contacts age alike, the routing age is compared by the moment at which the
 * contact would have been queued to be that old: that does not change as time goes by.
 *
 * Source: Amazon Connect administrator guide, "Change routing priority / age" and "How routing works".
 */
export function compareRank(a: Ranked, b: Ranked): number {
  return a.inForce.priority - b.inForce.priority || queuedAsOfAt(a) - queuedAsOfAt(b) || a.order - b.order;
}

function queuedAsOfAt({ enqueuedAt, inForce }: Ranked): number {
  return enqueuedAt - inForce.ageSeconds * 1_000;
}
