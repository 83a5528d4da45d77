import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';
import { activateCriteria, newCriteriaProgress } from './criteria-progress.ts';
import type { Contact, Queue, RoutingState } from './entities.ts';
import type { Arrival } from './types.ts';

/** A contact at the moment when it is added to a queue. */
export interface EnqueuedContact {
  readonly source: Arrival;
  readonly queue: Queue;
  readonly order: number;
  readonly initiatedAt: number;
  readonly enqueuedAt: number;
}

/** A new waiting contact. Its criteria, if any, take effect at `now`. */
export function newContact(enqueued: EnqueuedContact, now: number): Contact {
  const {
    priority = DEFAULT_ROUTING.priority,
    ageSeconds = DEFAULT_ROUTING.ageSeconds,
    criteria,
  } = enqueued.source.routing ?? {};
  const criteriaProgress = criteria && newCriteriaProgress(criteria, 0);
  if (criteriaProgress) activateCriteria(criteriaProgress, now);
  return {
    ...enqueued,
    state: 'waiting',
    effective: { priority, ageSeconds, criteriaProgress },
    described: { priority, ageSeconds, criteriaProgress },
    changes: [],
    attributes: enqueued.source.attributes ?? {},
    isPaused: false,
    queueEntries: [],
    timers: {},
  };
}

/** The members of a contact that determine its rank. */
export type Rankable = Pick<Contact, 'enqueuedAt' | 'order'> & {
  readonly effective: Readonly<Pick<RoutingState, 'priority' | 'ageSeconds'>>;
};

/**
 * Negative where `a` is served before `b`: lower priority number first, then greater routing age, then order
 * of arrival. All contacts age alike, so the comparison uses a constant: the time at which the contact would
 * have been queued to have its routing age without an adjustment.
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

function effectiveEnqueuedAt({ enqueuedAt, effective }: Rankable): number {
  return enqueuedAt - effective.ageSeconds * 1_000;
}
