import { describe, expect, test } from '@jest/globals';
import { policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { DEFAULT_SETTINGS } from '../../../../lambda/domain/settings.ts';
import { policy } from '../../../support/contacts.ts';

/** The warnings about steps, as `code path | message`. */
const warnings = (steps: readonly object[], more: object = {}) =>
  policyWarnings([policy('a', { steps, ...more })], DEFAULT_SETTINGS).map(
    ({ code, path, message }) => `${code} ${path.join('.')} | ${message}`,
  );
const places = (steps: readonly object[], more: object = {}) =>
  warnings(steps, more).map((warning) => warning.split(' | ')[0]);
const at = (time: string, set: object, when?: object) => ({ after: time, set, ...(when && { when }) });

const ENGLISH = { route: ['Language:English >= 1 for 9m'] };
const FRENCH = { route: ['Language:French >= 1 for 9m'] };
const LONG = {
  route: [
    'Language:Spanish >= 4 and Skill:Loans >= 2 and Region:North >= 1 and Technology:Cards >= 3 for 45s',
  ],
};

test('a step comes too late that is to be in effect within the routing lag', () => {
  expect(warnings([{ by: '59s', set: { priority: 1 } }])).toEqual([
    'sooner-than-lag steps.0.by | It cannot take effect by 59 s: a change takes about 60 s to show in a queue. The change is sent at once.',
  ]);
  expect(warnings([{ by: '60s', set: { priority: 1 } }])).toEqual([]);
});

test('a step that is less urgent than a new contact says so', () => {
  const rest =
    ', as a new contact does, because urgency only rises. If lowering is intended, set "allowLower: true" in the policy.';
  expect(warnings([at('0s', { age: '-1s' })])).toEqual([
    `changes-nothing steps.0 | A negative age changes nothing for a contact that has age 0${rest}`,
  ]);
  expect(warnings([at('0s', { priority: 6 })])).toEqual([
    `changes-nothing steps.0 | Priority 6 changes nothing for a contact that has priority 5${rest}`,
  ]);
  expect(warnings([at('0s', { age: '0s' })])).toEqual([]);
});

describe('a step that repeats what is set', () => {
  test('says so', () => {
    expect(warnings([at('0s', { priority: 1 }), at('1m', { priority: 1 })])).toEqual([
      'changes-nothing steps.1 | It changes nothing: the steps before it set the same routing.',
    ]);
  });

  test('is not looked for beyond a hundred states that conditions may lead to', () => {
    const when = { signals: ['vip'] };
    const conditional = (count: number) =>
      Array.from({ length: count }, (_, index) => [
        at(`${index + 1}m`, { age: `${index + 1}m` }, when),
        at(`${index + 1}m`, { route: [`Language:L${index} >= 1 for 9m`] }, when),
      ]).flat();
    const repeating = [at('50m', { age: '50m', ...ENGLISH }), at('51m', { age: '50m' })];
    expect(places([...conditional(5), ...repeating])).toEqual(['changes-nothing steps.11']);
    expect(places([...conditional(12), ...repeating])).toEqual([]);
  });
});

describe('a step that a later one of the same time replaces', () => {
  test.each<[earlier: object, later: object, isReplaced: boolean]>([
    [{ priority: 2 }, { priority: 1 }, true],
    [{ priority: 2 }, { age: '5m' }, true],
    [{ age: '5m' }, { priority: 1 }, true],
    [{ age: '5m' }, { age: '6m' }, true],
    [ENGLISH, FRENCH, true],
    [ENGLISH, { priority: 1 }, false],
    [{ priority: 2 }, ENGLISH, false],
    [{ priority: 2, ...ENGLISH }, { priority: 1 }, false],
    [{ priority: 2, ...ENGLISH }, FRENCH, false],
    [{ priority: 2, ...ENGLISH }, { priority: 1, ...FRENCH }, true],
    [{ priority: 2, ...ENGLISH }, { age: '5m', ...FRENCH }, true],
    [ENGLISH, { priority: 1, ...FRENCH }, true],
  ])('%j before %j: %s', (earlier, later, isReplaced) => {
    expect(places([at('2m', earlier), at('2m', later)])).toEqual(
      isReplaced ? ['changes-nothing steps.0'] : [],
    );
    expect(places([at('1m', earlier), at('2m', later)])).toEqual([]);
  });

  test('is one of the same kind of time: the routing lag is between them', () => {
    expect(places([{ by: '3m', set: { priority: 2 } }, at('3m', { priority: 1 })])).toEqual([]);
  });

  test('is not a ramp of which only the last step is replaced', () => {
    const ramp = { from: '1m', every: '1m', ramp: { priority: { from: 3, to: 2 } } };
    expect(places([ramp, at('2m', { priority: 1 })])).toEqual([]);
  });
});

describe('skipUnstaffed', () => {
  test('without criteria changes nothing', () => {
    expect(warnings([at('0s', { priority: 1 })], { skipUnstaffed: true })).toEqual([
      'changes-nothing skipUnstaffed | It changes nothing: no step of the policy sets a route or routingCriteria.',
    ]);
    expect(warnings([at('0s', { priority: 1 }), at('1m', ENGLISH)], { skipUnstaffed: true })).toEqual([]);
  });

  test('beside criteria that are too long names their step', () => {
    expect(warnings([at('0s', { priority: 1, ...LONG })], { skipUnstaffed: true })).toEqual([
      'changes-nothing steps.0.set | Step 1 of the criteria has more than 500 characters in the form of the API, so skipUnstaffed never leaves it out. Name fewer attributes or agents in it.',
    ]);
    const second = { priority: 1, route: [...ENGLISH.route, ...LONG.route] };
    expect(warnings([at('0s', second)], { skipUnstaffed: true })[0]).toContain('Step 2 of the criteria');
    expect(warnings([at('0s', { priority: 1, ...LONG })])).toEqual([]);
  });
});

test('criteria that never end, and an agent from an example, say what to write', () => {
  expect(warnings([at('0s', { priority: 1, route: ['Language:English >= 1'] })])[0]).toContain(
    'Give that step an end, such as "for 2m" in a route',
  );
  const invented = 'agents 11111111-aaaa-bbbb-cccc-222222222222 for 1m';
  expect(warnings([at('0s', { priority: 1 }), at('1m', { route: [invented] })])).toEqual([
    'invented-agent steps.1.set | The agent id 11111111-aaaa-bbbb-cccc-222222222222 is invented, as in an example: contacts would be offered to nobody for that time. Write the id of an agent of your instance (the last part of the ARN of the user).',
  ]);
});

test('a rollout below one percent says what it means', () => {
  const steps = [at('0s', { priority: 1 })];
  const tiny = warnings(steps, { rollout: 0.2 }).filter((warning) => warning.startsWith('tiny-rollout'));
  expect(tiny).toEqual([
    'tiny-rollout rollout | A rollout is in percent: this is one contact in 500. Write 20 for 20 %.',
  ]);
});
