import type { Condition } from '../../lambda/domain/condition/condition.ts';
import { defined } from '../../lambda/domain/json.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { type Settings, updateLimits } from '../../lambda/domain/settings.ts';
import { type Goal, thresholdsOf } from '../goals/goal.ts';
import { judgeGoals } from '../goals/judge.ts';
import { type Scenario, tierOfContact } from '../scenario/index.ts';
import { CONFIDENCE, estimate } from './estimate.ts';
import type { ContactTimeline, SetPair, SimulatedSetResult, SimulationResult, Starvation } from './result.ts';
import { type RunConfiguration, runScenario } from './run-scenario.ts';
import { pairedTiers, tierResults, visibleBucketCount } from './set-result.ts';
import { SetTally } from './set-tally.ts';
import { type RunOutcome, type RunTask, simulateRun } from './simulate-run.ts';
import { findStarvation } from './starvation.ts';
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
  /** Judged for each set. Default: none. */
  readonly goals?: readonly Goal[];
}

interface PolicySetRun {
  readonly set: NamedPolicySet;
  readonly configuration: RunConfiguration;
  readonly tally: SetTally;
}

/** Receives the completed share of the work from time to time, from 0 to 1. */
export type OnProgress = (share: number) => void;

/** One run of one set. */
export interface SetRun {
  /** The index of the set in the options; one more than the last stands for a set without policies beside them. */
  readonly set: number;
  readonly run: number;
}

/** Simulates the same contacts under each policy set. The same options give the same result. */
export function simulate(options: SimulationOptions, onProgress?: OnProgress): SimulationResult {
  const simulation = new Simulation(options);
  const { setRuns } = simulation;
  for (const [index, setRun] of setRuns.entries()) {
    const task = simulation.task(setRun);
    simulation.absorb(
      setRun,
      simulateRun({ ...task, onProgress: (share) => onProgress?.((index + share) / setRuns.length) }),
    );
  }
  return simulation.result();
}

/** The comparison of policy sets. Its runs are independent: they may be simulated in any order, and in other threads. */
export class Simulation {
  /** All runs, in the order in which {@link absorb} takes their outcomes. */
  readonly setRuns: readonly SetRun[];
  readonly #options: SimulationOptions;
  readonly #thresholds: readonly number[];
  readonly #all: readonly PolicySetRun[];
  readonly #baseline: PolicySetRun;
  /** A set without policies: one of them all, or one that is simulated beside them. Starvation is judged by it, too. */
  readonly #unmanaged: PolicySetRun;
  readonly #simulated: readonly PolicySetRun[];
  #longest: string | undefined;

  /** @throws RangeError without a policy set. */
  constructor(options: SimulationOptions) {
    const { scenario, sets, runs, goals = [] } = options;
    this.#options = options;
    this.#thresholds = thresholdsOf(goals);
    this.#all = sets.map((set): PolicySetRun => {
      const { policies, settings, conditions = [] } = set;
      const configuration = { policies: createPolicySet(policies), settings, conditions };
      return { set, configuration, tally: new SetTally(scenario, configuration, this.#thresholds) };
    });
    const [baseline] = this.#all;
    if (!baseline)
      throw new RangeError('There is no policy set to simulate; expected at least the baseline.');
    this.#baseline = baseline;
    this.#unmanaged =
      this.#all.find(({ set }) => set.policies.length === 0) ?? withoutPolicies(scenario, this.#thresholds);
    this.#simulated = this.#all.includes(this.#unmanaged) ? this.#all : [...this.#all, this.#unmanaged];
    this.setRuns = Array.from({ length: runs }, (_, run) =>
      this.#simulated.map((_one, set) => ({ set, run })),
    ).flat();
  }

  /** What has to be simulated for a run. */
  task({ set, run }: SetRun): RunTask {
    const { scenario, seed } = this.#options;
    const { configuration } = this.#setAt(set);
    return { scenario, set: configuration, key: { seed, run }, thresholds: this.#thresholds };
  }

  /** Adds the outcome of a run. Call it for all runs, in the order of {@link setRuns}. */
  absorb({ set, run }: SetRun, { tally, longest }: RunOutcome): void {
    const one = this.#setAt(set);
    one.tally.absorb(tally);
    if (run === 0 && one === this.#baseline) this.#longest = longest;
  }

  #setAt(index: number): PolicySetRun {
    const set = this.#simulated[index];
    if (!set) throw new RangeError(`There is no set ${index}; expected 0 to ${this.#simulated.length - 1}.`);
    return set;
  }

  result(): SimulationResult {
    const { scenario, seed, runs } = this.#options;
    const bucketCount = visibleBucketCount(this.#all.map(({ tally }) => tally));
    return {
      version: 2,
      scenario: {
        name: scenario.name,
        ...defined({ description: scenario.description }),
        startsAt: new Date(scenario.startsAt).toISOString(),
        startsAtLocal: scenario.startsAtLocal,
        hours: scenario.hours,
        serviceLevelSeconds: scenario.serviceLevelSeconds,
        agents: scenario.agents.reduce((sum, { count }) => sum + count, 0),
        queues: scenario.queues.map(({ id }) => id),
      },
      seed,
      runs,
      confidence: CONFIDENCE,
      grantedPerSecond: updateLimits(scenario.settings).ratePerSecond,
      baseline: this.#baseline.set.name,
      sets: this.#all.map((one) => this.#setResult(one, bucketCount)),
      pairs: pairsOf(this.#all.slice(1)),
    };
  }

  #setResult(one: PolicySetRun, bucketCount: number): SimulatedSetResult {
    const { scenario, seed, runs, goals = [] } = this.#options;
    const { set, configuration, tally } = one;
    const baseline = this.#baseline.tally;
    const judged = { counts: tally.tiers, baseline: baseline.tiers, thresholds: this.#thresholds };
    const longest = this.#longest;
    const timeline = longest === undefined ? undefined : timelineOf(longest, scenario, configuration, seed);
    return {
      name: set.name,
      policies: configuration.policies.policies.map(({ name, description }) =>
        defined({ name, description }),
      ),
      tiers: tierResults(scenario, tally, baseline, bucketCount),
      byHalfHour: tally.halfHours.results(),
      grantedPerSecond: updateLimits(set.settings).ratePerSecond,
      governed: estimate(tally.governedContacts),
      calls: tally.calls.result(),
      ...defined({ targets: tally.targetResults, conditions: tally.conditionResults }),
      ...(goals.length > 0 && { goals: judgeGoals(goals, judged) }),
      starvation: runs < 2 ? [] : starvationOf(one, [this.#baseline, this.#unmanaged], scenario),
      ...defined({ timeline }),
    };
  }
}

/** A set without policies. */
function withoutPolicies(scenario: Scenario, thresholds: readonly number[]): PolicySetRun {
  const { settings } = scenario;
  const configuration = { policies: createPolicySet([]), settings };
  const set = { name: 'none', policies: [], settings };
  return { set, configuration, tally: new SetTally(scenario, configuration, thresholds) };
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
