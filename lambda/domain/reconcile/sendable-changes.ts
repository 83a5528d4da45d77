import { defined } from '../json.ts';
import { type AgeAdjustment, MOST_URGENT_PRIORITY, type Routing } from '../routing/routing.ts';
import type { UpdateWork } from './pending-work.ts';

/**
 * The changes that may be sent as far as the applied routing is known: those that cannot lower urgency unknowingly. A
 * flow may have set a priority or an age that no event reports. On top of one that is not known go only the most urgent
 * priority, what an operator sets, and what a policy with `allowLower` sets. Criteria have no order.
 *
 * With `incremental` ages nothing is added to an age that is not known, or whose last update has no known result.
 */
export function sendableChanges(work: UpdateWork, ageAdjustment: AgeAdjustment): Routing {
  const { applied, unconfirmed } = work.status;
  const { allowLower, override } = work.decision;
  const { priority, ageSeconds, criteria } = work.changes;
  const maySend = (field: 'priority' | 'ageSeconds') =>
    applied[field] !== undefined || allowLower || override?.[field] !== undefined;
  const ageIsCertain = applied.ageSeconds !== undefined && !unconfirmed?.includes('ageSeconds');
  return defined({
    priority: maySend('priority') || priority === MOST_URGENT_PRIORITY ? priority : undefined,
    ageSeconds: (ageAdjustment === 'absolute' ? maySend('ageSeconds') : ageIsCertain)
      ? ageSeconds
      : undefined,
    criteria,
  });
}
