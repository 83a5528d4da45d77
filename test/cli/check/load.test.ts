import { describe, expect, test } from '@jest/globals';
import { estimateLoad } from '../../../cli/check/load.ts';
import { parseRate } from '../../../cli/check/rate.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { policy } from '../../support/contacts.ts';

const step = (after: string, set: object, more: object = {}) => ({ after, set, ...more });
const CASES: readonly { name: string; source: object; calls: number; share?: number }[] = [
  {
    name: 'each step is a call',
    source: { steps: [step('0s', { priority: 3 }), step('1m', { priority: 1 })] },
    calls: 2,
  },
  { name: 'a step that changes nothing is none', source: { steps: [step('0s', { priority: 5 })] }, calls: 0 },
  {
    name: 'a ramp is as many as it has steps',
    source: { steps: [{ from: '60s', every: '30s', ramp: { priority: { from: 4, to: 1 } } }] },
    calls: 4,
  },
  {
    name: 'conditions are taken to hold, and matches and attributes with them',
    source: {
      match: { attributes: { a: ['x'] } },
      steps: [step('1m', { priority: 2 }, { when: { attributes: { b: ['y'] } } })],
    },
    calls: 1,
  },
  {
    name: 'what only observes calls nothing',
    source: { mode: 'observe', steps: [step('0s', { priority: 1 })] },
    calls: 0,
  },
  {
    name: 'a rollout takes its part',
    source: { rollout: 25, steps: [step('0s', { priority: 1 })] },
    calls: 1,
    share: 0.25,
  },
];

describe('the load of a policy', () => {
  test.each(CASES)('$name', ({ source, calls, share = 1 }) => {
    const load = estimateLoad(
      [policy('one', source)],
      { ...DEFAULT_SETTINGS, updateRate: 10, updateShare: 1 },
      2,
    );
    const callsPerSecond = calls * 2 * share;
    expect(load).toEqual({
      arrivalsPerSecond: 2,
      quotaPerSecond: 10,
      policies: [{ policy: 'one', callsPerContact: calls, callsPerSecond, share: callsPerSecond / 10 }],
      most: { callsPerSecond, share: callsPerSecond / 10 },
    });
  });

  test('policies that are off cause none', () => {
    const off = policy('off', { mode: 'off', steps: [step('0s', { priority: 1 })] });
    expect(estimateLoad([off], DEFAULT_SETTINGS, 1).policies).toEqual([]);
  });

  test.each([
    ['0.5/s', 0.5],
    ['30/m', 0.5],
    ['900/h', 0.25],
    ['0/s', undefined],
    ['5', undefined],
    ['-1/s', undefined],
    ['1/d', undefined],
  ])('the rate %s is %p a second', (text, rate) => {
    expect(parseRate(text)).toBe(rate);
  });
});
