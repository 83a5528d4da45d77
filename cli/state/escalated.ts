import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { Shadow } from '../../lambda/domain/contact/shadows.ts';
import { sameJson } from '../../lambda/domain/json.ts';
import { DEFAULT_ROUTING, type Routing } from '../../lambda/domain/routing/routing.ts';
import type { Urgency } from './recent-updates.ts';

/** Whether Connect has accepted more urgency for a contact than it had when it entered its queue, or another route. */
export function isEscalated({ status }: Pick<ContactRecord, 'status'>): boolean {
  if (!status) return false;
  const { applied } = status;
  const before = { ...DEFAULT_ROUTING, ...status.initial };
  if (compareUrgency({ ...before, ...applied }, before) < 0) return true;
  return applied.criteria !== undefined && !sameJson(applied.criteria, before.criteria);
}

/** The urgency that a contact would have, had one observing policy alone been enforced. */
export function shadowUrgency(
  { status }: Pick<ContactRecord, 'status'>,
  { wouldSet }: Pick<Shadow, 'wouldSet'>,
): Urgency {
  const { priority, ageSeconds } = { ...DEFAULT_ROUTING, ...status?.initial, ...wouldSet };
  return { priority, ageSeconds };
}

/** Negative where the first is more urgent: by priority, then by age. */
export function compareUrgency(
  a: Required<Pick<Routing, 'priority' | 'ageSeconds'>>,
  b: Required<Pick<Routing, 'priority' | 'ageSeconds'>>,
): number {
  return a.priority - b.priority || b.ageSeconds - a.ageSeconds;
}
