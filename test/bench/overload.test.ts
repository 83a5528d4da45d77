import { describe, expect, test } from '@jest/globals';
import { DESIGNS, TARGETS_OF_THIS_SYSTEM, THIS_SYSTEM } from '../../bench/overload/designs.ts';
import { generateContacts } from '../../bench/overload/load.ts';
import { type LoadReport, throttledShare } from '../../bench/overload/load-report.ts';
import { missedTargets } from '../../bench/overload/targets.ts';
import { type Rival, runDesign } from '../../bench/overload/testbed.ts';

const [LOAD, MINUTES, SEED] = [10, 0.5, 1];
const CONTACTS = generateContacts(LOAD, MINUTES, SEED);

async function runUnderLoad(name: string): Promise<LoadReport> {
  return runDesign(name, DESIGNS[name] as Rival, CONTACTS, MINUTES, SEED);
}

describe('at ten times the quota', () => {
  test('this system meets all its targets', async () => {
    const report = await runUnderLoad(THIS_SYSTEM);
    expect(missedTargets(report, LOAD)).toEqual([]);
    // All the tokens of its share of the quota, except for the first second.
    expect(report.granted).toBeGreaterThan(0.95 * 18 * MINUTES * 60);
    // Takes seconds on an idle machine.
  }, 120_000);

  test('immediate calls with standard retries miss two of the targets', async () => {
    const report = await runUnderLoad('(a) Lambda, standard retries');
    expect(throttledShare(report)).toBeGreaterThan(0.8);
    expect(missedTargets(report, LOAD)).toEqual([
      expect.stringMatching(/^\d+\.\d % of the calls were throttled; the target is at most 0\.5 %$/),
      expect.stringMatching(
        /^\d+\.\d % of the changes of platinum were on time; the target is at least 99\.0 %$/,
      ),
    ]);
  });

  test('targets of this system show in time with one call for each contact that has one', async () => {
    // Until the first platinum contact that waits is due, less the routing lag, a minute passes.
    const minutes = 1.5;
    const contacts = generateContacts(LOAD / 5, minutes, SEED);
    const rival = DESIGNS[TARGETS_OF_THIS_SYSTEM] as Rival;
    const report = await runDesign(TARGETS_OF_THIS_SYSTEM, rival, contacts, minutes, SEED);
    expect(missedTargets(report, LOAD / 5, rival.maxPerSecond)).toEqual([]);
    expect(report.onTime).toEqual({ platinum: 1, gold: Number.NaN, others: Number.NaN });
    expect(report.useful).toBe(report.granted);
  });

  test('a durable workflow for each contact misses two of the targets', async () => {
    const report = await runUnderLoad('(d) durable workflow');
    expect(throttledShare(report)).toBeGreaterThan(0.8);
    expect(missedTargets(report, LOAD)).toHaveLength(2);
  });

  test('the same seed gives the same results', async () => {
    const name = '(b) Lambda, adaptive retries';
    const few = CONTACTS.slice(0, 2_000);
    const run = () => runDesign(name, DESIGNS[name] as Rival, few, 0.25, SEED);
    expect(await run()).toEqual(await run());
  });
});
