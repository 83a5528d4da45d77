import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';
import { activateCriteria, newCriteriaProgress } from './criteria-progress.ts';
import type { Contact, Queue, RoutingState } from './entities.ts';
import type { Arrival } from './types.ts';

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
