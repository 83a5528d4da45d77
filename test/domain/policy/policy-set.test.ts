import { describe, expect, test } from '@jest/globals';
import { createPolicySet, signalPatternsOf } from '../../../lambda/domain/policy/policy-set.ts';
import { policy } from '../../support/contacts.ts';

const STEP = { after: '0s', set: { priority: 1 } };
const setOf = (sources: Record<string, object>) =>
  createPolicySet(
    Object.entries(sources).map(([name, source]) => policy(name, { steps: [STEP], ...source })),
  );
const when = (pattern: object) => ({ steps: [{ ...STEP, when: pattern }] });

test('policies are asked in order of precedence, then by name, and not where they are off', () => {
  const sources = { c: {}, a: {}, e: { precedence: 1 }, d: { precedence: 100 }, b: {}, off: { mode: 'off' } };
  const names = (entries: [string, object][]) =>
    setOf(Object.fromEntries(entries)).policies.map(({ name }) => name);
  expect(names(Object.entries(sources))).toEqual(['e', 'a', 'b', 'c', 'd']);
  expect(names(Object.entries(sources).reverse())).toEqual(['e', 'a', 'b', 'c', 'd']);
});

describe('a set of policies names', () => {
  test('the attributes, tags and segment attributes of patterns and routes, in order and once', () => {
    const set = setOf({
      a: { match: { attributes: { z: ['x'], b: ['x'] }, tags: { t: ['x'] } } },
      b: {
        mode: 'observe',
        ...when({ attributes: { a: ['x'], b: ['x'] }, segmentAttributes: { auth: { Status: ['x'] } } }),
      },
      c: {
        steps: [{ after: '0s', set: { route: ['A:{tags.m} >= 1 for 1m', 'A:{attributes.r} >= 1 for 1m'] } }],
      },
      d: { steps: [{ after: '0s', set: { route: ['A:{segmentAttributes.language} >= 1 for 1m'] } }] },
    });
    expect(set.attributeNames).toEqual(['a', 'b', 'r', 'z']);
    expect(set.enforcedAttributeNames).toEqual(['b', 'r', 'z']);
    expect(set.tagNames).toEqual(['m', 't']);
    expect(set.segmentAttributePaths).toEqual(['auth.Status', 'language']);
  });

  test('the patterns with signals', () => {
    const set = setOf({
      a: { match: { signals: ['vip'], channel: ['CHAT'] }, ...when({ tags: { a: ['x'] } }) },
      b: when({ $or: [{ channel: ['TASK'] }, { signals: ['busy'] }] }),
    });
    const off = set.policies.map((policy) => ({ ...policy, mode: 'off' as const }));
    expect(set.namesSignals).toBe(true);
    expect(
      signalPatternsOf([...set.policies, ...off]).map(({ rules }) =>
        rules.map((rule) => rule.map(({ name }) => name)),
      ),
    ).toEqual([[['channel', 'signals']], [['channel'], ['signals']]]);
  });
});

test.each<
  [
    name: 'namesSignals' | 'namesQueues' | 'skipsUnstaffed' | 'countsContacts',
    source: object,
    expected: boolean,
  ]
>([
  ['namesSignals', when({ signals: ['vip'] }), true],
  ['namesSignals', { match: { tags: { signals: ['vip'] } } }, false],
  ['namesSignals', { mode: 'off', match: { signals: ['vip'] } }, false],
  ['namesQueues', { match: { queue: { name: ['Billing'] } } }, true],
  ['namesQueues', when({ queue: { name: ['Billing'] } }), true],
  ['namesQueues', { match: { queue: { id: ['q'] } } }, false],
  ['skipsUnstaffed', { skipUnstaffed: true }, true],
  ['skipsUnstaffed', { skipUnstaffed: true, mode: 'observe' }, false],
  ['skipsUnstaffed', {}, false],
  ['countsContacts', { match: { recentContacts: [2] } }, true],
  ['countsContacts', when({ recentContacts: [2] }), true],
  ['countsContacts', { match: { transfers: [2] } }, false],
])('%s where one policy of several does: %j', (name, source, expected) => {
  const other = { match: { channel: ['CHAT'] } };
  expect(setOf({ a: other, b: source, c: other })[name]).toBe(expected);
});
