import { describe, expect, test } from '@jest/globals';
import { policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { callsPerContact, mostCallsPerContact } from '../../../../lambda/domain/policy/warnings/quota.ts';
import { DEFAULT_SETTINGS } from '../../../../lambda/domain/settings.ts';
import { policy } from '../../../support/contacts.ts';

/** As many calls as given: a policy of steps that each raise the age. */
const withCalls = (name: string, calls: number, more: object = {}) =>
  policy(name, {
    steps: Array.from({ length: calls }, (_, index) => ({
      after: `${index}m`,
      set: { age: `${index + 1}m` },
    })),
    ...more,
  });

describe('the calls for one contact', () => {
  const route = (language: string) => ({ route: [`Language:${language} >= 1 for 9m`] });

  test.each<[sets: object[], calls: number]>([
    [[{ priority: 3 }, { priority: 3 }], 1],
    [[{ priority: 3 }, route('English'), { priority: 3 }], 2],
    [[{ priority: 3 }, route('English'), { priority: 2 }, route('English')], 3],
    [[route('English'), route('French'), route('English')], 3],
    [[{ priority: 5 }, { age: '0s' }], 0],
  ])('one for each step that changes the routing: %j', (sets, calls) => {
    const steps = sets.map((set, index) => ({ after: `${index}m`, set }));
    expect(callsPerContact(policy('a', { steps }))).toBe(calls);
  });

  test('on average those of the policies with the most calls, as far as their rollouts reach', () => {
    const few = withCalls('few', 2);
    const many = withCalls('many', 10, { rollout: 30 });
    const some = withCalls('some', 4, { rollout: 50 });
    for (const policies of [
      [few, many, some],
      [some, few, many],
      [many, some, few],
    ])
      expect(mostCallsPerContact(policies)).toBeCloseTo(0.3 * 10 + 0.5 * 4 + 0.2 * 2);
    expect(mostCallsPerContact([many])).toBeCloseTo(3);
    expect(mostCallsPerContact([])).toBe(0);
  });
});

/** The warnings of the code over-quota at an arrival rate, as `policy: message`. */
const overQuota = (policies: Parameters<typeof policyWarnings>[0], arrivalsPerSecond: number) =>
  policyWarnings(
    policies,
    { ...DEFAULT_SETTINGS, checkBeforeFirstChange: false },
    { arrivalsPerSecond },
  ).flatMap(({ code, policy: name, path, message }) => {
    if (code !== 'over-quota') return [];
    expect(path).toEqual([]);
    return [`${name}: ${message}`];
  });

describe('more calls than the quota grants', () => {
  const LATE = 'more than the 18.0 available. The least urgent changes would be late.';

  test('are those beyond the share of the quota', () => {
    expect(overQuota([withCalls('a', 4)], 4.5)).toEqual([]);
    expect(overQuota([withCalls('a', 4)], 4.6)).toEqual([
      `a: If every contact matched and waited through all steps, the policy would make 18.4 calls per second, ${LATE}`,
    ]);
  });

  test('of several policies together are said of the one with the most calls', () => {
    const policies = [
      withCalls('few', 2, { precedence: 1, rollout: 50 }),
      withCalls('many', 8, { precedence: 2, rollout: 50 }),
    ];
    expect(overQuota(policies, 3.6)).toEqual([]);
    expect(overQuota(policies, 4)).toEqual([
      `many: If every contact matched and waited through all steps, this policy and those that share the contacts with it would make 20.0 calls per second, ${LATE}`,
    ]);
  });

  test('of no policies there are none', () => {
    expect(overQuota([], 1_000)).toEqual([]);
  });
});

describe('more questions than DescribeContact allows', () => {
  const asking = (name: string, more: object = {}) =>
    withCalls(name, 1, { match: { attributes: { a: [name] } }, ...more });

  test('are said of the first policy that asks', () => {
    const policies = [
      withCalls('a', 1, { precedence: 1, rollout: 10 }),
      asking('b', { precedence: 2, rollout: 40 }),
      asking('c', { precedence: 3, rollout: 50 }),
    ];
    expect(overQuota(policies, 10)).toEqual([]);
    expect(overQuota(policies, 11)).toEqual([
      expect.stringMatching(
        /^b: If every contact matched, DescribeContact would be asked about 9\.9 contacts per second before a change, more than the 9\.0 available\./,
      ),
    ]);
  });

  test('are about each contact once, however many policies ask', () => {
    expect(overQuota([asking('a'), asking('b')], 9)).toEqual([]);
  });

  test('are asked where a flow may have set an age', () => {
    const given = policyWarnings([withCalls('a', 1)], DEFAULT_SETTINGS, { arrivalsPerSecond: 10 });
    expect(given.map(({ code, policy: name }) => `${name}: ${code}`)).toEqual(['a: over-quota']);
  });
});
