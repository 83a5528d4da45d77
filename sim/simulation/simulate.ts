import { type Policy, policySet } from '../../lambda/domain/policy/policy.ts';
import { type Settings, updateLimits } from '../../lambda/domain/settings.ts';
import type { Scenario } from '../scenario/index.ts';
import { Counting } from './counting.ts';
import { CONFIDENCE, estimate } from './estimate.ts';
import { type PlayedSet, play } from './play.ts';
import type { ContactStory, SimulationResult } from './result.ts';
import { shownBuckets, tierResults } from './set-result.ts';
import { SetTally } from './set-tally.ts';
import { starvations } from './starvation.ts';
import { StoryTeller } from './story.ts';

/** A policy set to be simulated. */
export interface SimulatedSet {
  /** Unique. */
  readonly name: string;
  readonly policies: readonly Policy[];
  readonly settings: Settings;
}

export interface SimulationOptions {
  readonly scenario: Scenario;
  /** At least one; the first one is the baseline. */
  readonly sets: readonly SimulatedSet[];
  readonly seed: number;
  /** At least 1. */
  readonly runs: number;
  /** Gets from time to time which share of the work is done, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

interface Played {
  readonly set: SimulatedSet;
  readonly played: PlayedSet;
  readonly tally: SetTally;
}

/** Lets the same contacts meet each policy set. The same options have the same result. */
export function simulate({ scenario, sets, seed, runs, onProgress }: SimulationOptions): SimulationResult {
  const { startsAt, hours } = scenario;
  const all = sets.map((set): Played => {
    const played = { policies: policySet(set.policies), settings: set.settings };
    return { set, played, tally: new SetTally(scenario) };
  });
  const [baseline] = all;
  if (!baseline) throw new RangeError('There is no policy set to simulate; expected at least the baseline.');
  let longest: string | undefined;
  for (let run = 0; run < runs; run += 1) {
    for (const [index, one] of all.entries()) {
      const watcher = new Counting(scenario, one.tally, (now) => {
        const share = Math.min(1, (now - startsAt) / (hours * 3_600_000));
        onProgress?.((run * all.length + index + share) / (runs * all.length));
      });
      play(scenario, one.played, { seed, run }, watcher);
      if (run === 0 && one === baseline) longest = watcher.longest?.contactId;
    }
  }
  const shown = shownBuckets(all.map(({ tally }) => tally));
  return {
    version: 1,
    scenario: {
      name: scenario.name,
      ...(scenario.description === undefined ? {} : { description: scenario.description }),
      startsAt: new Date(startsAt).toISOString(),
      startsAtLocal: scenario.startsAtLocal,
      hours,
      serviceLevelSeconds: scenario.serviceLevelSeconds,
      agents: scenario.agents.reduce((sum, { count }) => sum + count, 0),
      queues: scenario.queues.map(({ id }) => id),
    },
    seed,
    runs,
    confidence: CONFIDENCE,
    callsPerSecondGranted: updateLimits(scenario.settings).ratePerSecond,
    baseline: baseline.set.name,
    sets: all.map((one) => {
      const story = longest === undefined ? undefined : storyOf(longest, scenario, one.played, seed);
      return {
        name: one.set.name,
        policies: one.played.policies.policies.map(({ name, description }) => ({
          name,
          ...(description === undefined ? {} : { description }),
        })),
        tiers: tierResults(scenario, one.tally, baseline.tally, shown),
        governed: estimate(one.tally.governedContacts),
        calls: one.tally.calls.result(),
        starved:
          one === baseline || runs < 2
            ? []
            : starvations(one.tally, baseline.tally, scenario.serviceLevelSeconds),
        ...(story ? { contact: story } : {}),
      };
    }),
  };
}

/** What happened to a contact of the first tier in the first run: it is played once more, up to there. */
function storyOf(
  contactId: string,
  scenario: Scenario,
  set: PlayedSet,
  seed: number,
): ContactStory | undefined {
  const teller = new StoryTeller(contactId, scenario.tiers[0] ?? '', set.settings.routingLagSeconds * 1_000);
  play(scenario, set, { seed, run: 0 }, teller);
  return teller.story();
}
