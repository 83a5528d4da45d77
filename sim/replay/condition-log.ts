import type { HeldCondition, HeldConditions } from '../../lambda/domain/condition/held-conditions.ts';
import { isoTime } from '../centre/iso-time.ts';
import type { ReplayedCondition } from './result.ts';

type MutableCondition = { -readonly [K in keyof ReplayedCondition]: ReplayedCondition[K] };

/** Records how often conditions began in a recording, and for how long they held. */
export class ConditionLog {
  readonly #results: ReadonlyMap<string, MutableCondition>;
  /** What holds in each queue. */
  readonly #held = new Map<string, HeldConditions>();

  /** @param names - those of all conditions that policies name. */
  constructor(names: readonly string[]) {
    this.#results = new Map(names.map((name) => [name, { name, begun: 0, heldSeconds: 0 }]));
  }

  /** The state of a queue was saved. */
  onState(queue: string, conditions: HeldConditions = {}, now: number): void {
    const before = this.#held.get(queue) ?? {};
    this.#held.set(queue, conditions);
    for (const [name, condition] of Object.entries(before)) {
      if (conditions[name]?.since !== condition.since) this.#end(name, condition, now);
    }
    for (const [name, { since }] of Object.entries(conditions)) {
      const result = this.#results.get(name);
      if (!result || before[name]?.since === since) continue;
      result.begun += 1;
      result.firstAt ??= isoTime(since);
    }
  }

  /** @param endsAt - the end of the recording, in milliseconds since the epoch. */
  results(endsAt: number): ReplayedCondition[] {
    for (const conditions of this.#held.values()) {
      for (const [name, condition] of Object.entries(conditions)) this.#end(name, condition, endsAt);
    }
    this.#held.clear();
    return [...this.#results.values()];
  }

  #end(name: string, { since, until }: HeldCondition, now: number): void {
    const result = this.#results.get(name);
    if (result) result.heldSeconds += (Math.min(now, until) - since) / 1_000;
  }
}
