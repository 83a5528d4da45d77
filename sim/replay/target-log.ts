import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { targetAge } from '../../lambda/domain/reconcile/target-age.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { ReplayedTarget } from './result.ts';

type MutableTarget = { -readonly [K in keyof ReplayedTarget]: ReplayedTarget[K] };

/** Counts how often contacts were answered within the targets of policies, according to the recording. */
export class TargetLog {
  readonly #settings: Settings;
  readonly #policies: ReadonlyMap<string, Policy>;
  readonly #results: ReadonlyMap<string, MutableTarget>;

  /** @param policies - in order of evaluation. */
  constructor(policies: readonly Policy[], settings: Settings) {
    this.#settings = settings;
    const withTarget = policies.filter(({ mode, target }) => mode === 'enforce' && target !== undefined);
    this.#policies = new Map(withTarget.map((policy) => [policy.name, policy]));
    this.#results = new Map(
      withTarget.map(({ name: policy }) => [policy, { policy, contacts: 0, inTime: 0 }]),
    );
  }

  /**
   * A contact left its queue, or still waits at the end. One that left unanswered before it was due does not count.
   *
   * @param record - as it was before that.
   * @param at - in milliseconds since the epoch.
   */
  add(record: ContactRecord, isAnswered: boolean, at: number): void {
    const policy = this.#policies.get(record.decision?.policy ?? '');
    const result = policy && this.#results.get(policy.name);
    const target = policy && targetAge(policy, record, this.#settings);
    if (!result || !target) return;
    const isLate = at > target.dueAt;
    if (isLate || isAnswered) result.contacts += 1;
    if (!isLate && isAnswered) result.inTime += 1;
  }

  /** Undefined where no policy has a target. */
  results(): ReplayedTarget[] | undefined {
    return this.#results.size === 0 ? undefined : [...this.#results.values()];
  }
}
