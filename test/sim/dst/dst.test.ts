import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ADAPTER_MUTANTS } from '../../../scripts/dst-mutants/adapter-mutants.ts';
import { applyMutant, MUTANTS, type Mutant, StaleMutantError } from '../../../scripts/dst-mutants/mutants.ts';
import { EMPTY_TALLY, mergeTallies, runSeeds } from '../../../sim/dst/campaign.ts';
import { conditionsOf } from '../../../sim/dst/conditions.ts';
import { ADAPTER_FAULTS, FAULTS, type Fault } from '../../../sim/dst/faults.ts';
import { runSeed } from '../../../sim/dst/run-seed.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

async function traceOf(seed: number): Promise<string[]> {
  const lines: string[] = [];
  await runSeed(seed, (line) => lines.push(line));
  return lines;
}

describe('the flow under injected faults', () => {
  test('keeps the invariants for 55 seeds with every kind of fault', async () => {
    const tally = await runSeeds({ first: 101, count: 55 });
    expect(tally.failures).toEqual([]);
    expect(tally.seeds).toBe(55);
    const ofThese = (Object.keys(FAULTS) as Fault[]).filter((fault) => !ADAPTER_FAULTS.has(fault));
    const missing = ofThese.filter((fault) => !tally.faults[fault]);
    expect(missing).toEqual([]);
    // The runs make calls, and the checks cover them. The campaign of a release runs 10,000 seeds.
    expect(tally.calls).toBeGreaterThan(300);
    expect(tally.checks).toBeGreaterThan(3_000);
  }, 600_000);

  test.each([1, 8, 36])('is deterministic: seed %i', async (seed) => {
    const trace = await traceOf(seed);
    expect(trace.length).toBeGreaterThan(50);
    expect(await traceOf(seed)).toEqual(trace);
  });

  test('differs between seeds', async () => {
    expect(await traceOf(1)).not.toEqual(await traceOf(2));
  });
});

test('merging tallies adds them up, with the smallest failing seed first', () => {
  const conditions = conditionsOf(1);
  const violation = { invariant: 1 as const, at: 0, message: '' };
  const failure = (seed: number) => ({ seed, conditions, violation });
  const a = {
    ...EMPTY_TALLY,
    seeds: 3,
    calls: 5,
    dimensions: { days: 1 },
    faults: { 'connect-throttles': 2 },
    failures: [failure(9)],
  };
  const b = {
    ...EMPTY_TALLY,
    seeds: 2,
    checks: 7,
    dimensions: { days: 2, upgrade: 1 },
    faults: { 'connect-throttles': 1, conflict: 4 },
    failures: [failure(4)],
  };
  expect(mergeTallies(a, b)).toEqual({
    seeds: 5,
    contacts: 0,
    calls: 5,
    checks: 7,
    dimensions: { days: 3, upgrade: 1 },
    faults: { 'connect-throttles': 3, conflict: 4 },
    failures: [failure(4), failure(9)],
  });
});

describe('mutants', () => {
  test.each([...MUTANTS, ...ADAPTER_MUTANTS].map((mutant) => [mutant.name, mutant] as const))(
    '%s can be applied to the code',
    (_name, mutant) => {
      for (const [file, text] of applyMutant(mutant, read)) {
        expect(text).not.toBe(read(file));
        // A campaign that cannot load the code would look like one that missed the defect.
        expect(stripTypeScriptTypes(text)).toHaveLength(text.length);
      }
    },
  );

  test('an outdated mutant is reported', () => {
    const stale: Mutant = {
      name: 'stale',
      defect: '',
      edits: [{ file: 'lambda/flow/dispatch/dispatch.ts', find: 'no such code', put: '' }],
    };
    expect(() => applyMutant(stale, read)).toThrow(
      new StaleMutantError(
        'The defect stale replaces "no such code", which stands 0 times in lambda/flow/dispatch/dispatch.ts; expected once. ' +
          'Bring its edit in scripts/dst-mutants/mutants.ts up to the code.',
      ),
    );
  });

  test('are found by DST', () => {
    const names = ['merge-depends-on-order', 'clock-runs-while-closed'];
    const args = ['scripts/dst-mutants/main.ts', '--processes', '2', ...names];
    const { stdout, status } = spawnSync(process.execPath, args, {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(stdout).toContain('2 of 2 deliberate defects found');
    expect(status).toBe(0);
  }, 600_000);
});
