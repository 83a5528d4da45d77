import type { Scenario } from '../../sim/scenario/index.ts';

const DAY_MS = 24 * 3_600_000;

/** Milliseconds after midnight of a moment, by the clock of a scenario. */
export function timeOfDayAt(at: number, { dayBeganAt }: Pick<Scenario, 'dayBeganAt'>): number {
  return (((at - dayBeganAt) % DAY_MS) + DAY_MS) % DAY_MS;
}
