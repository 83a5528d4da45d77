import { expect, test } from '@jest/globals';
import { policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { DEFAULT_SETTINGS } from '../../../../lambda/domain/settings.ts';
import { policy } from '../../../support/contacts.ts';

const STEPS = [{ after: '0s', set: { priority: 1 } }];

/** The warnings about policies that never govern; the names order the policies. */
const neverGovern = (sources: Record<string, object>) =>
  policyWarnings(
    Object.entries(sources).map(([name, source]) => policy(name, { steps: STEPS, ...source })),
    DEFAULT_SETTINGS,
  ).flatMap(({ code, policy: name, message }) => (code === 'never-governs' ? [`${name}: ${message}`] : []));

const gold = { match: { tags: { tier: [{ prefix: 'go' }] } } };

test('the warning names the policy that takes the contacts, and which', () => {
  expect(neverGovern({ a: { precedence: 7 }, b: gold })).toEqual([
    'b: It never governs: a is evaluated first (precedence 7) and governs every contact. Give this policy a precedence below 7, or narrow the match of a.',
  ]);
  expect(neverGovern({ a: { ...gold, precedence: 7 }, b: gold })).toEqual([
    'b: It never governs: a is evaluated first (precedence 7) and governs the same contacts. Give this policy a precedence below 7, or narrow the match of a.',
  ]);
});

test.each<[policies: Record<string, object>, names: string[]]>([
  // One that only observes takes contacts from others that do.
  [{ a: { mode: 'observe' }, b: { mode: 'observe' }, c: {} }, ['b']],
  [{ a: gold, b: {} }, []],
  [{ a: { match: { channel: ['CHAT'] } }, b: {} }, []],
  [{ a: { during: { timezone: 'UTC', hours: ['Mon 09:00-18:00'] } }, b: {} }, []],
  [
    {
      a: { match: { $or: [{ channel: ['CHAT'] }, { channel: ['TASK'] }] } },
      b: { match: { channel: ['TASK'] } },
      c: { match: { channel: ['TASK', 'VOICE'] } },
    },
    ['b'],
  ],
  [
    {
      a: { match: { channel: ['CHAT', 'TASK'] } },
      b: { match: { $or: [{ channel: ['CHAT'] }, { channel: ['TASK'], tags: { a: ['x'] } }] } },
      c: { match: { $or: [{ channel: ['CHAT'] }, { tags: { a: ['x'] } }] } },
    },
    ['b'],
  ],
])('%j', (policies, names) => {
  expect(neverGovern(policies).map((warning) => warning.split(':')[0])).toEqual(names);
});
