import { describe, expect, test } from '@jest/globals';
import { DESIGNS, THIS_SYSTEM } from '../../bench/overload/designs.ts';
import { type Account, throttledShare } from '../../bench/overload/ledger.ts';
import { visits } from '../../bench/overload/load.ts';
import { brokenPromises } from '../../bench/overload/promises.ts';
import { type Design, operate } from '../../bench/overload/site.ts';

const [LOAD, MINUTES, SEED] = [10, 0.75, 1];
const ALL = visits(LOAD, MINUTES, SEED);

async function under(name: string): Promise<Account> {
  return operate(name, DESIGNS[name] as Design, ALL, MINUTES, SEED);
}

describe('at ten times the quota', () => {
  test('this system spends its tokens usefully, is not throttled, and is on time for the most urgent', async () => {
    const account = await under(THIS_SYSTEM);
    expect(brokenPromises(account, LOAD)).toEqual([]);
    // As much as its share of the quota earns, but for the first second.
    expect(account.granted).toBeGreaterThan(0.95 * 18 * MINUTES * 60);
    // Seconds on a machine with nothing else to do.
  }, 120_000);

  test('calling at once with standard retries breaks two of the promises', async () => {
    const account = await under('(a) Lambda, standard retries');
    expect(throttledShare(account)).toBeGreaterThan(0.8);
    expect(brokenPromises(account, LOAD)).toEqual([
      expect.stringMatching(/^\d+\.\d % of the calls were throttled, not at most 0\.5 %$/),
      expect.stringMatching(/^\d+\.\d % of platinum were on time, not 99\.0 %$/),
    ]);
  });

  test('the same seed brings the same figures', async () => {
    const name = '(b) Lambda, adaptive retries';
    const few = ALL.slice(0, 2_000);
    const account = () => operate(name, DESIGNS[name] as Design, few, 0.25, SEED);
    expect(await account()).toEqual(await account());
  });
});
