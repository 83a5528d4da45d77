import { defined } from '../../lambda/domain/json.ts';
import type { ContactTimeline, OvertakingContacts } from './result.ts';

type Direction = 'overtakenBy' | 'overtook';

/** Counts who went first, by tier and policy. */
export class OvertakingCounts {
  readonly #counts = new Map<string, OvertakingContacts & { readonly direction: Direction }>();

  add(direction: Direction, tier: string, policy: string | undefined, contacts: number): void {
    const key = JSON.stringify([direction, tier, policy]);
    const before = this.#counts.get(key)?.contacts ?? 0;
    this.#counts.set(key, { direction, tier, ...defined({ policy }), contacts: before + contacts });
  }

  /** The most frequent first. */
  get results(): Pick<ContactTimeline, Direction> {
    const sorted = [...this.#counts].sort(
      ([a, { contacts: x }], [b, { contacts: y }]) => y - x || (a < b ? -1 : 1),
    );
    const of = (direction: Direction) =>
      sorted.flatMap(([, { direction: one, ...contacts }]) => (one === direction ? [contacts] : []));
    return { overtakenBy: of('overtakenBy'), overtook: of('overtook') };
  }
}
