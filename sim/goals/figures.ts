import type { RunCounts, TierTally } from '../simulation/tier-tally.ts';
import { EVERYBODY, type Goal } from './goal.ts';

/** The counts of each tier by run. */
export type TierCounts = ReadonlyMap<string, Pick<TierTally, 'runs'>>;

/**
 * The figure of a goal in each run; NaN for a run without contacts that count.
 *
 * @param thresholds - those with which the counts were made. That of the goal is among them.
 */
export function goalFigures(goal: Goal, counts: TierCounts, thresholds: readonly number[]): number[] {
  const threshold = thresholds.indexOf(goal.withinSeconds ?? Number.NaN);
  return runsOf(goal.tier, counts).map((tiers) => figureOf(goal, tiers, threshold));
}

/** The number of contacts of a goal's tier, over all runs. */
export function contactsOf({ tier }: Goal, counts: TierCounts): number {
  return runsOf(tier, counts).reduce((total, tiers) => total + sum(tiers, ({ contacts }) => contacts), 0);
}

/** The counts of the tiers that a name means, by run. */
function runsOf(tier: string, counts: TierCounts): (readonly RunCounts[])[] {
  const chosen = tier === EVERYBODY ? [...counts.values()] : [counts.get(tier)];
  const byTier = chosen.map((one) => one?.runs ?? []);
  return (byTier[0] ?? []).map((_, run) => byTier.flatMap((runs) => runs[run] ?? []));
}

function figureOf({ figure }: Goal, tiers: readonly RunCounts[], threshold: number): number {
  const contacts = sum(tiers, (one) => one.contacts);
  switch (figure) {
    case 'answered':
      return (
        sum(tiers, (one) => one.answeredWithin[threshold] ?? Number.NaN) /
        (contacts - sum(tiers, (one) => one.abandonedWithin[threshold] ?? 0))
      );
    case 'abandoned':
      return sum(tiers, (one) => one.abandoned) / contacts;
    case 'mean':
      return sum(tiers, (one) => one.waitSeconds) / contacts;
    case 'longest':
      return contacts === 0 ? Number.NaN : Math.max(...tiers.map(({ longestSeconds }) => longestSeconds));
  }
}

function sum(tiers: readonly RunCounts[], figure: (counts: RunCounts) => number): number {
  return tiers.reduce((total, counts) => total + figure(counts), 0);
}
