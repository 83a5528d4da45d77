import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { AgeAdjustment, Routing, RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';
import { parseUpdateLine } from '../explain/history-words.ts';

/** Priority and age, by which Connect ranks a contact. */
export type Urgency = Required<Pick<Routing, 'priority' | 'ageSeconds'>>;

/** Results of updates that Connect has made, or may have made. */
const MADE = new Set(['applied', 'result unknown of']);

/**
 * The priority and age by which Connect ranks a contact now: an update takes effect after the routing lag, so those that
 * were made since are taken back. A record keeps its last lines of history alone, and the lag is short beside them.
 *
 * @param applied - what is applied by the record; Connect's defaults where it does not tell.
 * @param enqueuedAt - when the visit to the queue began, in milliseconds since the epoch: earlier lines are of another one.
 */
export function rankedRouting(
  { status, history }: Pick<ContactRecord, 'status' | 'history'>,
  applied: Urgency,
  enqueuedAt: number,
  now: number,
  { routingLagSeconds, ageAdjustment }: { routingLagSeconds: number; ageAdjustment: AgeAdjustment },
): Urgency {
  const updates = history.flatMap(({ at, text }) => {
    const found = parseUpdateLine(text);
    return found && MADE.has(found.result) && at >= enqueuedAt ? [{ at, update: found.update }] : [];
  });
  const isRecent = ({ at }: { readonly at: number }) => at > now - routingLagSeconds * 1_000;
  const before = updates.filter((update) => !isRecent(update)).map(({ update }) => update);
  const recent = updates.filter(isRecent).map(({ update }) => update);
  const start = { ...DEFAULT_ROUTING, ...status?.initial };
  return {
    priority: recent.some(setsPriority)
      ? (before.findLast(setsPriority)?.QueuePriority ?? start.priority)
      : applied.priority,
    ageSeconds: ageBefore(recent, before, applied.ageSeconds, start.ageSeconds, ageAdjustment),
  };
}

const setsPriority = ({ QueuePriority }: RoutingUpdate) => QueuePriority !== undefined;

function ageBefore(
  recent: readonly RoutingUpdate[],
  before: readonly RoutingUpdate[],
  applied: number,
  start: number,
  ageAdjustment: AgeAdjustment,
): number {
  const ages = (updates: readonly RoutingUpdate[]) =>
    updates.flatMap(({ QueueTimeAdjustmentSeconds: age }) => age ?? []);
  if (ages(recent).length === 0) return applied;
  if (ageAdjustment === 'incremental') return applied - ages(recent).reduce((sum, age) => sum + age, 0);
  return ages(before).at(-1) ?? start;
}
