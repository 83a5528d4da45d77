import type { Scenario } from '../scenario/index.ts';
import { CallTally } from './call-tally.ts';
import { ConditionTally } from './condition-tally.ts';
import { HalfHourTally } from './half-hour-tally.ts';
import type { ConditionResult, TargetResult } from './result.ts';
import type { ContactTarget, RunConfiguration } from './run-scenario.ts';
import { TargetTally } from './target-tally.ts';
import { TierTally } from './tier-tally.ts';

/** The statistics of one policy set over all runs. */
export class SetTally {
  readonly tiers: ReadonlyMap<string, TierTally>;
  readonly calls: CallTally;
  readonly halfHours: HalfHourTally;
  readonly #governed: number[] = [];
  readonly #targets: ReadonlyMap<string, TargetTally>;
  readonly #conditions: ReadonlyMap<string, ConditionTally>;

  /** @param set - the policies, and the conditions that they name. Default: none. */
  constructor(
    scenario: Scenario,
    { policies, conditions = [] }: Partial<Pick<RunConfiguration, 'policies' | 'conditions'>> = {},
  ) {
    const { tiers, serviceLevelSeconds, startsAt } = scenario;
    const withTarget = policies?.policies.filter(
      ({ mode, target }) => mode === 'enforce' && target !== undefined,
    );
    this.#targets = new Map(withTarget?.map(({ name }) => [name, new TargetTally()]));
    this.tiers = new Map(tiers.map((tier) => [tier, new TierTally(serviceLevelSeconds)]));
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
