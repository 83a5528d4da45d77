import { DAY_MS, firstInstantOf, monotonicLocalTime } from '../../lambda/domain/calendar/time-zone.ts';

const SLOT_MS = 1_800_000;

/** Half hours of a day, and of a week. */
export const DAY_SLOTS = DAY_MS / SLOT_MS;
export const WEEK_SLOTS = 7 * DAY_SLOTS;

/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_DAY = 4;

/** A half hour by the clocks of a time zone. */
export interface Slot {
  /** The local day, counted from 1970-01-01. */
  readonly day: number;
  /** The half hour of its day, from 0. */
  readonly ofDay: number;
  /** The half hour of its week, from 0 on Monday at midnight. */
  readonly ofWeek: number;
}

/** The half hour in which a moment is, in milliseconds since the epoch. */
export function slotOf(timezone: string, at: number): Slot {
  const local = monotonicLocalTime(timezone, at);
  const day = Math.floor(local / DAY_MS);
  const ofDay = Math.floor((local - day * DAY_MS) / SLOT_MS);
  return { day, ofDay, ofWeek: weekdayOf(day) * DAY_SLOTS + ofDay };
}

/** The weekday of a local day: 0 is Monday. */
export function weekdayOf(day: number): number {
  return (((day - FIRST_MONDAY_DAY) % 7) + 7) % 7;
}

/**
 * The half hours between two moments, each with the share of it that is between them.
 *
 * @param from - milliseconds since the epoch, included.
 * @param to - milliseconds since the epoch, not included.
 */
export function* slotsBetween(
  timezone: string,
  from: number,
  to: number,
): Generator<Slot & { readonly share: number }> {
  for (let at = from; at < to; ) {
    const slot = slotOf(timezone, at);
    const next = firstInstantOf(timezone, slot.day * DAY_MS + (slot.ofDay + 1) * SLOT_MS);
    const end = Math.min(to, Math.max(next, at + 1));
    yield { ...slot, share: (end - at) / SLOT_MS };
    at = end;
  }
}
