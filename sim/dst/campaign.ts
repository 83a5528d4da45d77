import type { Fault } from './faults.ts';
import type { Violation } from './invariants.ts';
import { runSeed } from './run-seed.ts';

/** A seed whose run violated an invariant, with the first violation. */
interface Failure {
  readonly seed: number;
  readonly violation: Violation;
}

/** The totals of many runs of deterministic simulation testing (DST). */
export interface Tally {
  readonly seeds: number;
  readonly contacts: number;
  readonly calls: number;
  readonly checks: number;
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  /** In order of their seeds. */
  readonly failures: readonly Failure[];
}

export const EMPTY_TALLY: Tally = { seeds: 0, contacts: 0, calls: 0, checks: 0, faults: {}, failures: [] };

/** Runs `count` seeds, starting with `first`, up to the first failure. */
export async function runSeeds(first: number, count: number): Promise<Tally> {
  let tally = EMPTY_TALLY;
  for (let seed = first; seed < first + count && tally.failures.length === 0; seed++) {
    const { violations, faults, contacts, calls, checks } = await runSeed(seed);
    const [violation] = violations;
    tally = mergeTallies(tally, {
      seeds: 1,
      contacts,
      calls,
      checks,
      faults: Object.fromEntries(faults),
      failures: violation ? [{ seed, violation }] : [],
    });
  }
  return tally;
}

export function mergeTallies(a: Tally, b: Tally): Tally {
  const kinds = [...Object.keys(a.faults), ...Object.keys(b.faults)] as Fault[];
  return {
    seeds: a.seeds + b.seeds,
    contacts: a.contacts + b.contacts,
    calls: a.calls + b.calls,
    checks: a.checks + b.checks,
    faults: Object.fromEntries(kinds.map((kind) => [kind, (a.faults[kind] ?? 0) + (b.faults[kind] ?? 0)])),
    failures: [...a.failures, ...b.failures].sort((one, other) => one.seed - other.seed),
  };
}
