import { favoursTier, type Goal } from '../goals/goal.ts';
import { estimate } from '../simulation/estimate.ts';
import type { Estimate } from '../simulation/result.ts';
import type { SetTally } from '../simulation/set-tally.ts';
import type { RunCounts } from '../simulation/tier-tally.ts';

/** Seconds of waiting that a customer who abandons counts for. */
export const ABANDONED_SECONDS = 300;

/** What a set costs several tiers together, against no policies: each contact counts the same. */
export interface OthersCost {
  /** The change of the mean wait, in seconds. */
  readonly extraWaitSeconds: Estimate;
  /** The change of the share that abandons. */
  readonly extraAbandoned: Estimate;
}

/** What a set costs one tier. */
export interface TierCost extends OthersCost {
  readonly tier: string;
  /** Both in one figure: seconds a contact. */
  readonly seconds: number;
}

/** The tiers that pay: those that no goal favours. */
export function otherTiers(goals: readonly Goal[], tiers: readonly string[]): readonly string[] {
  const favoured = goals.filter(favoursTier).map(({ tier }) => tier);
  const others = tiers.filter((tier) => !favoured.includes(tier));
  return others.length > 0 ? others : tiers;
}

/** The changes of some tiers together in each run; NaN for a run without contacts. */
export interface ExtraByRun {
  /** Of the mean wait, in seconds. */
  readonly waitSeconds: readonly number[];
  /** Of the share that abandons. */
  readonly abandoned: readonly number[];
}

/**
 * What the contacts of some tiers have more than under none in each run, as means over the contacts that the tiers have
 * under none.
 */
export function extraByRun(tiers: readonly string[], tally: SetTally, none: SetTally): ExtraByRun {
  const byTier = tiers.map((tier) => ({ now: runsOf(tally, tier), before: runsOf(none, tier) }));
  const runs = Math.min(...byTier.map(({ now, before }) => Math.min(now.length, before.length)));
  const extraOf = (run: number, figure: (counts: RunCounts) => number) => {
    let [contacts, extra] = [0, 0];
    for (const { now, before } of byTier) {
      const [one, other] = [now[run], before[run]];
      if (!one || !other || one.contacts === 0 || other.contacts === 0) continue;
      contacts += other.contacts;
      extra += other.contacts * (figure(one) / one.contacts - figure(other) / other.contacts);
    }
    return extra / contacts;
  };
  const eachRun = (figure: (counts: RunCounts) => number) =>
    Array.from({ length: runs }, (_, run) => extraOf(run, figure));
  return {
    waitSeconds: eachRun(({ waitSeconds }) => waitSeconds),
    abandoned: eachRun(({ abandoned }) => abandoned),
  };
}

/**
 * The cost of a set to some tiers in each run: the extra wait of their contacts against none, in seconds a contact, with
 * {@link ABANDONED_SECONDS} for each further contact that abandons. NaN for a run without contacts.
 */
export function costByRun({ waitSeconds, abandoned }: ExtraByRun): number[] {
  return waitSeconds.map((seconds, run) => seconds + ABANDONED_SECONDS * (abandoned[run] ?? Number.NaN));
}

/** What a set costs some tiers together, estimated from its runs. */
export function estimateExtra({ waitSeconds, abandoned }: ExtraByRun): OthersCost {
  return { extraWaitSeconds: estimate(waitSeconds), extraAbandoned: estimate(abandoned) };
}

/** What a set costs each of these tiers, in their order. */
export function tierCosts(tiers: readonly string[], tally: SetTally, none: SetTally): TierCost[] {
  return tiers.map((tier) => {
    const extra = extraByRun([tier], tally, none);
    return { tier, ...estimateExtra(extra), seconds: estimate(costByRun(extra)).value };
  });
}

function runsOf(tally: SetTally, tier: string): readonly RunCounts[] {
  return tally.tiers.get(tier)?.runs ?? [];
}
