import { describe, expect, test } from '@jest/globals';
import { callsPerContact, policyWarnings } from '../../../lambda/domain/policy/warnings.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { policy } from '../../support/contacts.ts';

const RAISE = [{ after: '0s', set: { priority: 3 } }];
const LAST = { steps: [{ after: '5m', set: { priority: 1 } }] };
const warnings = (sources: Record<string, object>, arrivalsPerSecond?: number) =>
  policyWarnings(
    Object.entries(sources).map(([name, source]) => policy(name, source)),
    DEFAULT_SETTINGS,
    arrivalsPerSecond === undefined ? {} : { arrivalsPerSecond },
  ).map(({ code, policy: name, path, message }) => ({ code, name, path: path.join('.'), message }));
const codes = (sources: Record<string, object>, arrivals?: number) =>
  warnings(sources, arrivals).map(({ code, name, path }) => [code, name, path]);

describe('valid policies that are worth a second look', () => {
  test('nothing to say', () => {
    expect(
      warnings({
        vip: {
          precedence: 1,
          match: { tags: { tier: ['gold'] } },
          steps: [{ after: '0s', set: { priority: 1 } }],
        },
        all: LAST,
      }),
    ).toEqual([]);
  });

  test.each([
    [
      'a policy behind one that takes everybody',
      { first: LAST, second: { match: { channel: ['VOICE'] }, steps: LAST.steps } },
      [['never-governs', 'second', '']],
    ],
    [
      'a policy behind one that takes the same contacts',
      {
        a: { match: { channel: ['VOICE'] }, steps: LAST.steps },
        b: { match: { channel: ['VOICE'] }, steps: LAST.steps },
        z: LAST,
      },
      [['never-governs', 'b', '']],
    ],
    [
      'not behind one that takes others',
      {
        a: { match: { channel: ['CHAT'] }, steps: LAST.steps },
        b: { match: { channel: ['VOICE'] }, steps: LAST.steps },
        z: LAST,
      },
      [],
    ],
    ['not behind one that takes a part of them', { a: { rollout: 50, steps: LAST.steps }, b: LAST }, []],
    [
      'a step that cannot be in effect so soon',
      { a: { steps: [{ by: '30s', set: { priority: 1 } }] } },
      [['sooner-than-lag', 'a', 'steps.0.by']],
    ],
    [
      'fields that no contact has',
      {
        a: {
          match: { tier: ['gold'], chanel: ['VOICE'], queue: { name: ['x'] }, tags: { tier: ['gold'] } },
          steps: [{ after: '0s', when: { signal: ['vip'] }, set: { age: '1m' } }],
        },
      },
      [
        ['unknown-field', 'a', 'match'],
        ['unknown-field', 'a', 'match'],
        ['unknown-field', 'a', 'match'],
        ['unknown-field', 'a', 'steps.0.when'],
      ],
    ],
    [
      'a step that sets what is set',
      {
        a: {
          steps: [
            { after: '0s', set: { priority: 1 } },
            { after: '1m', set: { priority: 1 } },
          ],
        },
      },
      [['changes-nothing', 'a', 'steps.1']],
    ],
    [
      'contacts of one policy behind those of another',
      {
        vip: { precedence: 1, match: { channel: ['VOICE'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
        all: { steps: RAISE },
      },
      [['may-starve', 'all', '']],
    ],
    [
      'contacts that nobody governs',
      { vip: { match: { channel: ['VOICE'] }, steps: RAISE } },
      [['may-starve', 'vip', '']],
    ],
    [
      'nobody starves behind a policy that only observes',
      { vip: { mode: 'observe', match: { channel: ['VOICE'] }, steps: RAISE } },
      [],
    ],
  ])('%s', (_name, sources, expected) => {
    expect(codes(sources)).toEqual(expected);
  });

  test('more calls than the quota grants, at the arrivals that are stated', () => {
    const ramp = { steps: [{ from: '0s', every: '10s', ramp: { priority: { from: 4, to: 1 } } }] };
    expect(codes({ all: ramp }, 4)).toEqual([]);
    expect(warnings({ all: ramp }, 5)).toEqual([
      {
        code: 'over-quota',
        name: 'all',
        path: '',
        message:
          'If every contact were its own and waited through all steps, it would cost 20.0 calls a second, more than the 18.0 that may be used. The least urgent changes would be late.',
      },
    ]);
    expect(codes({ all: { ...ramp, rollout: 50 } }, 5)).not.toContainEqual(['over-quota', 'all', '']);
  });

  test('the calls of a contact are its changes', () => {
    const steps = [
      { after: '0s', set: { priority: 5 } },
      { after: '1m', set: { priority: 3 } },
      { after: '2m', set: { age: '1m' } },
    ];
    expect(callsPerContact(policy('a', { steps }))).toBe(2);
    expect(callsPerContact(policy('a', { mode: 'observe', steps }))).toBe(0);
  });
});
