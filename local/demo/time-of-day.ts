import type { Scenario } from '../../sim/scenario/index.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Milliseconds after midnight of a moment, by the clock of a scenario. */
export function timeOfDayAt(at: number, { dayBeganAt }: Pick<Scenario, 'dayBeganAt'>): number {
  return (((at - dayBeganAt) % DAY_MS) + DAY_MS) % DAY_MS;
}

/** `08:30`, of milliseconds after midnight. */
export function formatTimeOfDay(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
