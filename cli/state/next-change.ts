import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import { type ForecastMoment, forecastMoments } from '../explain/forecast.ts';

/** The next updates of a contact that are not due yet. */
export interface NextChange {
  /** When they are due, in milliseconds since the epoch. */
  readonly at: number;
  /** In the order in which they are sent. */
  readonly updates: readonly RoutingUpdate[];
}

/** How far ahead a change is looked for. */
const HORIZON_MS = 24 * 3_600_000;

/** Moments at which a contact is looked at that change nothing, such as the opening hours of other policies. */
const MAX_MOMENTS = 50;

/**
 * The next change of a contact that stays in its queue while no event and no message arrives.
 *
 * @param now - milliseconds since the epoch.
 * @returns undefined where none follows within a day.
 */
export function nextChange(record: ContactRecord, context: PlanContext, now: number): NextChange | undefined {
  const moment = nextMoment(record, context, now, now + HORIZON_MS);
  return moment && { at: moment.at, updates: moment.calls };
}

/**
 * The moment of the next change, with what is decided then. Otherwise as {@link nextChange}.
 *
 * @param until - milliseconds since the epoch, inclusive.
 */
export function nextMoment(
  record: ContactRecord,
  context: PlanContext,
  now: number,
  until: number,
): ForecastMoment | undefined {
  let count = 0;
  for (const { moment } of forecastMoments(record, context, now)) {
    const { at, calls } = moment;
    if (at > until || count > MAX_MOMENTS) return undefined;
    if (at > now && calls.length > 0) return moment;
    count += 1;
  }
  return undefined;
}
