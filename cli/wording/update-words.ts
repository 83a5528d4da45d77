import { formatDuration } from '../../lambda/domain/duration.ts';
import { formatStep } from '../../lambda/domain/policy/route/format.ts';
import type { RoutingCriteria } from '../../lambda/domain/routing/criteria.ts';
import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import type { FormatMoment } from './times.ts';

/**
 * An update in words: `priority 3`, `age 5m`, or `route Language:English >= 3 until TIME, then Language:English >= 1`.
 *
 * @param at - when it is sent, in milliseconds since the epoch: the steps of its route end by that.
 */
export function formatUpdate(update: RoutingUpdate, at: number, formatMoment: FormatMoment): string {
  const { QueuePriority: priority, QueueTimeAdjustmentSeconds: age, RoutingCriteria: criteria } = update;
  return [
    ...(priority === undefined ? [] : [`priority ${priority}`]),
    ...(age === undefined ? [] : [`age ${formatDuration(age)}`]),
    ...(criteria === undefined ? [] : [`route ${formatRoute(criteria, at, formatMoment)}`]),
  ].join(' and ');
}

/** The steps of a route in the short form, each with the moment at which it ends. One without an end has none. */
function formatRoute({ Steps }: RoutingCriteria, at: number, formatMoment: FormatMoment): string {
  let endsAt = at;
  return Steps.map(({ Expression, Expiry }) => {
    endsAt += (Expiry?.DurationInSeconds ?? 0) * 1_000;
    return `${formatStep({ Expression })}${Expiry ? ` until ${formatMoment(endsAt)}` : ' without end'}`;
  }).join(', then ');
}
