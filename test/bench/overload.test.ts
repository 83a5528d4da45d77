import { describe, expect, test } from '@jest/globals';
import { DESIGNS, THIS_SYSTEM } from '../../bench/overload/designs.ts';
import { generateContacts } from '../../bench/overload/load.ts';
import { type LoadReport, throttledShare } from '../../bench/overload/load-report.ts';
import { missedTargets } from '../../bench/overload/targets.ts';
import { type Design, runDesign } from '../../bench/overload/testbed.ts';

const [LOAD, MINUTES, SEED] = [10, 0.75, 1];
const ALL = generateContacts(LOAD, MINUTES, SEED);

async function runUnderLoad(name: string): Promise<LoadReport> {
  return runDesign(name, DESIGNS[name] as Design, ALL, MINUTES, SEED);
}

describe('at ten times the quota', () => {
  test('this system spends its tokens usefully, is not throttled, and is on time for the most urgent', async () => {
    const account = await runUnderLoad(THIS_SYSTEM);
    expect(missedTargets(account, LOAD)).toEqual([]);
    // As much as its share of the quota earns, but for the first second.
    expect(account.granted).toBeGreaterThan(0.95 * 18 * MINUTES * 60);
    // Seconds on a machine with nothing else to do.
  }, 120_000);

  test('calling at once with standard retries breaks two of the promises', async () => {
    const account = await runUnderLoad('(a) Lambda, standard retries');
    expect(throttledShare(account)).toBeGreaterThan(0.8);
    expect(missedTargets(account, LOAD)).toEqual([
      expect.stringMatching(/^\d+\.\d % of the calls were throttled, not at most 0\.5 %$/),
      expect.stringMatching(/^\d+\.\d % of platinum were on time, not 99\.0 %$/),
    ]);
  });

  test('the same seed brings the same figures', async () => {
    const name = '(b) Lambda, adaptive retries';
    const few = ALL.slice(0, 2_000);
    const account = () => runDesign(name, DESIGNS[name] as Design, few, 0.25, SEED);
    expect(await account()).toEqual(await account());
  });
});
