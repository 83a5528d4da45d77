import { DAY_MS, firstInstantOf } from '../../lambda/domain/calendar/time-zone.ts';
import { slotOf, weekdayOf } from '../calibration/week.ts';
import type { Scenario } from '../scenario/index.ts';

/** The local day in which a back-test begins. Its days have 24 hours, as those of a scenario. */
export interface DayClock {
  /** The local midnight, in milliseconds since the epoch. */
  readonly dayBeganAt: number;
  /** The local day, counted from 1970-01-01. */
  readonly day: number;
  /** 0 is Monday. */
  readonly weekday: number;
}

/** The clock of a scenario on the day of a moment: by the time zone of its recording, else by the offset of its start. */
export function clockAt(
  scenario: Pick<Scenario, 'dayBeganAt' | 'startsAtLocal' | 'fitted'>,
  at: number,
): DayClock {
  const { fitted, dayBeganAt, startsAtLocal } = scenario;
  if (fitted) {
    const { day } = slotOf(fitted.timezone, at);
    return { dayBeganAt: firstInstantOf(fitted.timezone, day * DAY_MS), day, weekday: weekdayOf(day) };
  }
  const passed = Math.floor((at - dayBeganAt) / DAY_MS);
  const day = Date.parse(`${startsAtLocal.slice(0, 10)}T00:00:00Z`) / DAY_MS + passed;
  return { dayBeganAt: dayBeganAt + passed * DAY_MS, day, weekday: weekdayOf(day) };
}

/** A moment by the clock: `2026-11-23T08:00:00+01:00`. */
export function localIso({ dayBeganAt, day }: DayClock, at: number): string {
  const local = day * DAY_MS + (at - dayBeganAt);
  const minutes = Math.round((local - at) / 60_000);
  const size = Math.abs(minutes);
  const [hours, rest] = [Math.floor(size / 60), size % 60].map((part) => String(part).padStart(2, '0'));
  return `${new Date(local).toISOString().slice(0, 19)}${minutes < 0 ? '-' : '+'}${hours}:${rest}`;
}
