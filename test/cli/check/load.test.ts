import { describe, expect, test } from '@jest/globals';
import { estimateLoad } from '../../../cli/check/load.ts';
import { parseRate } from '../../../cli/options/rate.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { policy } from '../../support/contacts.ts';

const step = (after: string, set: object, more: object = {}) => ({ after, set, ...more });
const CASES: readonly { name: string; source: object; calls: number; share?: number }[] = [
  {
    name: 'each step needs a call',
    source: { steps: [step('0s', { priority: 3 }), step('1m', { priority: 1 })] },
    calls: 2,
  },
  {
    name: 'a step that changes nothing needs no call',
    source: { steps: [step('0s', { priority: 5 })] },
    calls: 0,
  },
  {
    name: 'a ramp needs a call for each of its steps',
    source: { steps: [{ from: '60s', every: '30s', ramp: { priority: { from: 4, to: 1 } } }] },
    calls: 4,
  },
  {
    name: 'all conditions are assumed to hold, those on attributes included',
    source: {
      match: { attributes: { a: ['x'] } },
      steps: [step('1m', { priority: 2 }, { when: { attributes: { b: ['y'] } } })],
    },
    calls: 1,
  },
  {
    name: 'a policy that observes needs no call',
    source: { mode: 'observe', steps: [step('0s', { priority: 1 })] },
    calls: 0,
  },
  {
    name: 'a rollout reduces the rate of contacts',
    source: { rollout: 25, steps: [step('0s', { priority: 1 })] },
    calls: 1,
    share: 0.25,
  },
];

describe('estimateLoad', () => {
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
      max: { callsPerSecond, share: callsPerSecond / 10 },
    });
  });

  test('of policies with a part of the contacts each, the parts add up, and to one contact at most', () => {
    const steps = (count: number) =>
      Array.from({ length: count }, (_, i) => step(`${i}m`, { age: `${i + 1}m` }));
    const policies = [
      policy('rest', { steps: steps(2) }),
      policy('trial', { rollout: 50, steps: steps(4) }),
      policy('small', { rollout: 75, steps: steps(3) }),
    ];
    expect(estimateLoad(policies, DEFAULT_SETTINGS, 10).max.callsPerSecond).toBe(35);
  });

  test('policies that are off have no load', () => {
    const off = policy('off', { mode: 'off', steps: [step('0s', { priority: 1 })] });
    expect(estimateLoad([off], DEFAULT_SETTINGS, 1).policies).toEqual([]);
  });
});

describe('parseRate', () => {
  test.each([
    ['0.5/s', 0.5],
    ['30/m', 0.5],
    ['900/h', 0.25],
  ])('%s is %p per second', (text, rate) => {
    expect(parseRate(text)).toBe(rate);
  });

  test.each(['0/s', '5', '-1/s', '1/d'])('%s is not a rate', (text) => {
    expect(() => parseRate(text)).toThrow('Expected a rate such as 0.5/s, 30/m or 900/h.');
  });
});
