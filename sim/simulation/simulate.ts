import type { Condition } from '../../lambda/domain/condition/condition.ts';
import { defined } from '../../lambda/domain/json.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { type Settings, updateLimits } from '../../lambda/domain/settings.ts';
import { type Scenario, tierOfContact } from '../scenario/index.ts';
import { CONFIDENCE, estimate } from './estimate.ts';
import type { ContactTimeline, SetPair, SimulationResult, Starvation } from './result.ts';
import { type RunConfiguration, runScenario } from './run-scenario.ts';
import { pairedTiers, tierResults, visibleBucketCount } from './set-result.ts';
import { SetTally } from './set-tally.ts';
import { findStarvation } from './starvation.ts';
import { StatisticsCollector } from './statistics-collector.ts';
import { TimelineRecorder } from './timeline-recorder.ts';

/** A policy set to simulate. */
export interface NamedPolicySet {
  /** Unique. */
  readonly name: string;
  readonly policies: readonly Policy[];
  /** The conditions that the policies name, in order of name. Default: none. */
  readonly conditions?: readonly Condition[];
  readonly settings: Settings;
}

export interface SimulationOptions {
  readonly scenario: Scenario;
  /** At least one; the first one is the baseline. */
  readonly sets: readonly NamedPolicySet[];
  readonly seed: number;
  /** At least 1. */
  readonly runs: number;
  /** Receives the completed share of the work from time to time, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

interface PolicySetRun {
  readonly set: NamedPolicySet;
  readonly configuration: RunConfiguration;
  readonly tally: SetTally;
}

/** Simulates the same contacts under each policy set. The same options give the same result. */
export function simulate({ scenario, sets, seed, runs, onProgress }: SimulationOptions): SimulationResult {
  const { startsAt, hours } = scenario;
  const all = sets.map((set): PolicySetRun => {
    const { policies, settings, conditions = [] } = set;
    const configuration = { policies: createPolicySet(policies), settings, conditions };
    return { set, configuration, tally: new SetTally(scenario, configuration) };
  });
  const [baseline] = all;
  if (!baseline) throw new RangeError('There is no policy set to simulate; expected at least the baseline.');
  const unmanaged = all.find(({ set }) => set.policies.length === 0) ?? withoutPolicies(scenario);
  const simulated = all.includes(unmanaged) ? all : [...all, unmanaged];
  let longest: string | undefined;
  for (let run = 0; run < runs; run += 1) {
    for (const [index, one] of simulated.entries()) {
      const collector = new StatisticsCollector(scenario, one.tally, (now) => {
        const share = Math.min(1, (now - startsAt) / (hours * 3_600_000));
        onProgress?.((run * simulated.length + index + share) / (runs * simulated.length));
      });
      runScenario(scenario, one.configuration, { seed, run }, collector);
      if (run === 0 && one === baseline) longest = collector.longestWait?.contactId;
    }
  }
  const bucketCount = visibleBucketCount(all.map(({ tally }) => tally));
  return {
    version: 2,
    scenario: {
      name: scenario.name,
      ...defined({ description: scenario.description }),
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
    grantedPerSecond: updateLimits(scenario.settings).ratePerSecond,
    baseline: baseline.set.name,
    sets: all.map((one) => {
      const timeline =
        longest === undefined ? undefined : timelineOf(longest, scenario, one.configuration, seed);
      return {
        name: one.set.name,
        policies: one.configuration.policies.policies.map(({ name, description }) =>
          defined({ name, description }),
        ),
        tiers: tierResults(scenario, one.tally, baseline.tally, bucketCount),
        byHalfHour: one.tally.halfHours.results(),
        grantedPerSecond: updateLimits(one.set.settings).ratePerSecond,
        governed: estimate(one.tally.governedContacts),
        calls: one.tally.calls.result(),
        ...defined({ targets: one.tally.targetResults, conditions: one.tally.conditionResults }),
        starvation: runs < 2 ? [] : starvationOf(one, [baseline, unmanaged], scenario),
        ...defined({ timeline }),
      };
    }),
    pairs: pairsOf(all.slice(1)),
  };
}

/** What becomes of the contacts without policies, by which starvation is judged beside the baseline. */
function withoutPolicies(scenario: Scenario): PolicySetRun {
  const { settings } = scenario;
  const configuration = { policies: createPolicySet([]), settings };
  const set = { name: 'none', policies: [], settings };
  return { set, configuration, tally: new SetTally(scenario, configuration) };
}

/** The tiers that a set starves, each once: compared with the first of other sets that shows it. */
function starvationOf(
  one: PolicySetRun,
  others: readonly PolicySetRun[],
  { serviceLevelSeconds }: Scenario,
): Starvation[] {
  const found = others.flatMap((other) =>
    other === one ? [] : findStarvation(one.tally, other.tally, serviceLevelSeconds, other.set.name),
  );
  return found.filter(({ tier }, index) => found.findIndex((first) => first.tier === tier) === index);
}

/** Each pair of sets. */
function pairsOf(sets: readonly PolicySetRun[]): SetPair[] {
  return sets.flatMap(({ set, tally }, index) =>
    sets.slice(0, index).map((other) => ({
      set: set.name,
      against: other.set.name,
      tiers: pairedTiers(tally, other.tally),
    })),
  );
}

/** The history of a contact of the first tier in the first run, which is simulated again up to its end. */
function timelineOf(
  contactId: string,
  scenario: Scenario,
  set: RunConfiguration,
  seed: number,
): ContactTimeline | undefined {
  const recorder = new TimelineRecorder(
    contactId,
    scenario.tiers[0] ?? '',
    set.settings.routingLagSeconds * 1_000,
    tierOfContact(scenario),
  );
  runScenario(scenario, set, { seed, run: 0 }, recorder);
  return recorder.timeline();
}
