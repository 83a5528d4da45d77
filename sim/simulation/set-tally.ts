import type { Scenario } from '../scenario/index.ts';
import { type CallSnapshot, CallTally } from './call-tally.ts';
import { type ConditionSnapshot, ConditionTally } from './condition-tally.ts';
import { type HalfHourSnapshot, HalfHourTally } from './half-hour-tally.ts';
import type { ConditionResult, TargetResult } from './result.ts';
import type { ContactTarget, RunConfiguration } from './run-scenario.ts';
import { type TargetSnapshot, TargetTally } from './target-tally.ts';
import { type TierSnapshot, TierTally } from './tier-tally.ts';

/** The state of a tally, which threads can exchange. */
export interface SetSnapshot {
  readonly tiers: ReadonlyMap<string, TierSnapshot>;
  readonly calls: CallSnapshot;
  readonly governed: readonly number[];
  readonly targets: ReadonlyMap<string, TargetSnapshot>;
  readonly conditions: ReadonlyMap<string, ConditionSnapshot>;
  readonly halfHours: HalfHourSnapshot;
}

/** The statistics of one policy set over all runs. */
export class SetTally {
  readonly tiers: ReadonlyMap<string, TierTally>;
  readonly calls: CallTally;
  readonly halfHours: HalfHourTally;
  readonly #governed: number[] = [];
  readonly #targets: ReadonlyMap<string, TargetTally>;
  readonly #conditions: ReadonlyMap<string, ConditionTally>;

  /**
   * @param set - the policies, and the conditions that they name. Default: none.
   * @param thresholds - as in `TierTally`.
   */
  constructor(
    scenario: Scenario,
    { policies, conditions = [] }: Partial<Pick<RunConfiguration, 'policies' | 'conditions'>> = {},
    thresholds: readonly number[] = [],
  ) {
    const { tiers, serviceLevelSeconds, startsAt } = scenario;
    const withTarget = policies?.policies.filter(
      ({ mode, target }) => mode === 'enforce' && target !== undefined,
    );
    this.#targets = new Map(withTarget?.map(({ name }) => [name, new TargetTally()]));
    this.tiers = new Map(tiers.map((tier) => [tier, new TierTally(serviceLevelSeconds, thresholds)]));
    this.calls = new CallTally(startsAt);
    this.halfHours = new HalfHourTally(scenario);
    this.#conditions = new Map(conditions.map(({ name }) => [name, new ConditionTally()]));
  }

  beginRun(): void {
    for (const tier of this.tiers.values()) tier.beginRun();
    this.calls.beginRun();
    this.halfHours.beginRun();
    this.#governed.push(0);
    for (const target of this.#targets.values()) target.beginRun();
    for (const condition of this.#conditions.values()) condition.beginRun();
  }

  snapshot(): SetSnapshot {
    return {
      tiers: snapshots(this.tiers),
      calls: this.calls.snapshot(),
      governed: this.#governed,
      targets: snapshots(this.#targets),
      conditions: snapshots(this.#conditions),
      halfHours: this.halfHours.snapshot(),
    };
  }

  /** Adds the runs of another tally of the same set. */
  absorb({ tiers, calls, governed, targets, conditions, halfHours }: SetSnapshot): void {
    for (const [tier, snapshot] of tiers) this.tiers.get(tier)?.absorb(snapshot);
    this.calls.absorb(calls);
    this.#governed.push(...governed);
    for (const [policy, snapshot] of targets) this.#targets.get(policy)?.absorb(snapshot);
    for (const [name, snapshot] of conditions) this.#conditions.get(name)?.absorb(snapshot);
    this.halfHours.absorb(halfHours);
  }

  /** Counts a contact that a policy with a target governed, see {@link TargetTally.add}. */
  addTarget({ policy, dueAt }: ContactTarget, isAnswered: boolean, at: number): void {
    this.#targets.get(policy)?.add(isAnswered, at, dueAt);
  }

  /** How often each target was met; undefined where no policy has one. */
  get targetResults(): TargetResult[] | undefined {
    if (this.#targets.size === 0) return undefined;
    return [...this.#targets].map(([policy, tally]) => ({ policy, ...tally.result() }));
  }

  /** Counts a poll that found that a condition holds in a queue. */
  addCondition(name: string, begins: boolean): void {
    this.#conditions.get(name)?.add(begins);
  }

  /** What became of each condition; undefined where the policies name none. */
  get conditionResults(): ConditionResult[] | undefined {
    if (this.#conditions.size === 0) return undefined;
    return [...this.#conditions].map(([name, tally]) => ({ name, ...tally.result() }));
  }

  /** Counts one more governed contact. */
  addGoverned(): void {
    const run = this.#governed.length - 1;
    this.#governed[run] = (this.#governed[run] ?? 0) + 1;
  }

  /** The number of governed contacts, by run. */
  get governedContacts(): readonly number[] {
    return this.#governed;
  }
}

function snapshots<T>(tallies: ReadonlyMap<string, { snapshot(): T }>): ReadonlyMap<string, T> {
  return new Map([...tallies].map(([name, tally]) => [name, tally.snapshot()]));
}
