import { describe, expect, test } from '@jest/globals';
import {
  actingSettings,
  type CallsStopped,
  type SettingsInForce,
} from '../../../lambda/domain/configuration/acting-settings.ts';
import {
  buildPolicies,
  calendarsInForce,
  policyInForce,
} from '../../../lambda/domain/configuration/build-policies.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';

const part = (name: string, source: unknown) => ({ name, source, version: 1, since: 5 });
const POLICY = { steps: [{ after: '0s', set: { priority: 1 } }] };

describe('the settings by which the system acts', () => {
  const settings = (source: object) => ({ source, version: 1, since: 5 });
  const pause = { version: 1, since: 5, value: null };
  const RATE = { updateRate: 7 };

  test.each<[string, SettingsInForce | undefined, CallsStopped | undefined, updateRate: number]>([
    ['no configuration', undefined, 'no-configuration', DEFAULT_SETTINGS.updateRate],
    ['no settings', {}, 'settings-unknown', DEFAULT_SETTINGS.updateRate],
    [
      'settings of other code',
      { settings: settings({ updateRate: 'x' }) },
      'settings-unknown',
      DEFAULT_SETTINGS.updateRate,
    ],
    ['a pause without settings', { pause }, 'paused', DEFAULT_SETTINGS.updateRate],
    ['a pause', { settings: settings(RATE), pause }, 'paused', 7],
    ['settings that pause', { settings: settings({ ...RATE, pause: true }) }, 'paused', 7],
    ['uncertain settings', { settings: { ...settings(RATE), isUncertain: true } }, 'settings-unknown', 7],
    ['settings', { settings: settings(RATE) }, undefined, 7],
  ])('%s', (_name, inForce, stopped, updateRate) => {
    const acting = actingSettings(inForce);
    expect(acting.stopped).toBe(stopped);
    expect(acting.settings).toMatchObject({ updateRate, pause: stopped !== undefined });
  });
});

describe('policies that other code wrote', () => {
  test('are left out alone, each with why', () => {
    const { policies, leftOut } = buildPolicies({
      policies: [part('a', 7), part('b', POLICY), part('c', { ...POLICY, later: 1 })],
    });
    expect(policies.policies.map(({ name }) => name)).toEqual(['b']);
    expect(leftOut).toEqual([
      { name: 'a', reason: expect.stringContaining('not an object') },
      { name: 'c', reason: expect.stringContaining('later') },
    ]);
  });

  test.each([
    [new RangeError('deep'), 'RangeError: deep'],
    ['deep', 'string'],
  ])('are left out where building them fails: %p', (error, message) => {
    const source = {
      get steps() {
        throw error;
      },
    };
    expect(policyInForce({ name: 'a', source })).toEqual({ problems: [{ message }] });
  });
});

test('of the conditions those that a policy names are in force, and that this code understands', () => {
  const when = { when: { waiting: [{ numeric: ['>', 5] }] } };
  const match = { signals: ['busy', 'odd'] };
  const { conditions } = buildPolicies({
    policies: [part('a', { ...POLICY, match })],
    conditions: [part('busy', when), part('calm', when), part('odd', { when: 7 })],
  });
  expect(conditions.map(({ name }) => name)).toEqual(['busy']);
});

test('of the calendars each is known by its name, and one without a valid version as one that exists', () => {
  const source = { timezone: 'Europe/Berlin', hours: ['Mon-Fri 09:00-18:00'] };
  const calendars = calendarsInForce([
    { name: 'office', source },
    { name: 'odd', source: undefined },
  ]);
  expect([...calendars.keys()]).toEqual(['office', 'odd']);
  expect(calendars.get('office')).toMatchObject({ name: 'office' });
  expect(calendars.get('odd')).toBeUndefined();
});
