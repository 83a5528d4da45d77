import { type Conditions, conditionsOf, type Dimension, dimensionsOf } from './conditions.ts';
import type { Fault } from './faults.ts';
import type { Violation } from './invariants.ts';
import { runSeed } from './run-seed.ts';

/** A seed whose run violated an invariant, with the first violation. */
interface Failure {
  readonly seed: number;
  readonly conditions: Conditions;
  readonly violation: Violation;
}

/** The totals of many runs of deterministic simulation testing (DST). */
export interface Tally {
  readonly seeds: number;
  readonly contacts: number;
  readonly calls: number;
  readonly checks: number;
  readonly faults: Readonly<Partial<Record<Fault, number>>>;
  /** How many runs each dimension of the world had. */
  readonly dimensions: Readonly<Partial<Record<Dimension, number>>>;
  /** In order of their seeds. */
  readonly failures: readonly Failure[];
}

export const EMPTY_TALLY: Tally = {
  seeds: 0,
  contacts: 0,
  calls: 0,
  checks: 0,
  faults: {},
  dimensions: {},
  failures: [],
};

/** The seeds of a campaign. */
export interface Seeds {
  readonly first: number;
  readonly count: number;
  /** How far one is from the next; default 1. */
  readonly step?: number;
  /** Only those whose world has this dimension are run. Default: all. */
  readonly dimension?: Dimension | undefined;
}

/** Runs seeds in their order, up to the first failure. */
export async function runSeeds({ first, count, step = 1, dimension }: Seeds): Promise<Tally> {
  let tally = EMPTY_TALLY;
  for (let seed = first; seed < first + count * step && tally.failures.length === 0; seed += step) {
    if (dimension && !dimensionsOf(conditionsOf(seed)).includes(dimension)) continue;
    const { violations, faults, conditions, contacts, calls, checks } = await runSeed(seed);
    const [violation] = violations;
    tally = mergeTallies(tally, {
      seeds: 1,
      contacts,
      calls,
      checks,
      faults: Object.fromEntries(faults),
      dimensions: Object.fromEntries(dimensionsOf(conditions).map((dimension) => [dimension, 1])),
      failures: violation ? [{ seed, conditions, violation }] : [],
    });
  }
  return tally;
}

export function mergeTallies(a: Tally, b: Tally): Tally {
  return {
    seeds: a.seeds + b.seeds,
    contacts: a.contacts + b.contacts,
    calls: a.calls + b.calls,
    checks: a.checks + b.checks,
    faults: sums(a.faults, b.faults),
    dimensions: sums(a.dimensions, b.dimensions),
    failures: [...a.failures, ...b.failures].sort((one, other) => one.seed - other.seed),
  };
}

function sums<Key extends string>(a: Partial<Record<Key, number>>, b: Partial<Record<Key, number>>) {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])] as Key[];
  return Object.fromEntries(keys.map((key) => [key, (a[key] ?? 0) + (b[key] ?? 0)])) as Record<Key, number>;
}
