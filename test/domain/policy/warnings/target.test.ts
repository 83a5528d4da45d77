import { describe, expect, test } from '@jest/globals';
import { callsPerContact, policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { settingsFromSource } from '../../../../lambda/domain/settings.ts';
import { policy } from '../../../support/contacts.ts';

/** The codes and policies of the warnings about targets. */
function warnings(sources: Record<string, object>, settings: object = {}) {
  const policies = Object.entries(sources).map(([name, source]) => policy(name, source));
  const parsed = settingsFromSource(settings).settings;
  if (!parsed) throw new TypeError('The settings are not valid.');
  return policyWarnings(policies, parsed)
    .filter(({ path }) => path[0] === 'target')
    .map(({ code, policy: name }) => `${name}: ${code}`);
}

const GOLD = { match: { tags: { tier: ['gold'] } }, target: '3m' };

describe('a target', () => {
  test('that is met in time and differs from others gives no warning', () => {
    expect(warnings({ gold: GOLD, rest: { target: '10m', precedence: 200 } })).toEqual([]);
    expect(warnings({ gold: GOLD })).toEqual([]);
  });

  test('within the routing lag is warned of', () => {
    expect(warnings({ gold: { ...GOLD, target: '60s' } })).toEqual(['gold: sooner-than-lag']);
    expect(warnings({ gold: { ...GOLD, target: '60s' } }, { routingLag: '10s' })).toEqual([]);
  });

  test('at or beyond the horizon is warned of, where every channel that it can have is', () => {
    expect(warnings({ gold: { ...GOLD, target: '30m' } })).toEqual(['gold: target-beyond-horizon']);
    const byChannel = { horizon: { EMAIL: '3d' } };
    expect(warnings({ gold: { ...GOLD, target: '4h' } }, byChannel)).toEqual([]);
    const voice = { match: { channel: ['VOICE'] }, target: '4h' };
    expect(warnings({ voice }, byChannel)).toEqual(['voice: target-beyond-horizon']);
    const email = { match: { channel: ['EMAIL'] }, target: '4h' };
    expect(warnings({ email }, byChannel)).toEqual([]);
  });

  test.each<[string, object]>([
    ['the first queue', { clock: 'firstEnqueued' }],
    ['open hours', { clock: { in: { timezone: 'UTC', hours: ['daily 09:00-18:00'] } } }],
  ])('that counts from %s may be beyond the horizon', (_name, fields) => {
    expect(warnings({ gold: { ...GOLD, target: '2h', ...fields } })).toEqual([]);
  });

  test('that every contact has changes no order', () => {
    expect(warnings({ all: { target: '3m' } })).toEqual(['all: changes-nothing']);
    expect(warnings({ all: { target: '3m', precedence: 200 }, gold: GOLD })).toEqual([
      'all: changes-nothing',
    ]);
    const priority = { ...GOLD, steps: [{ after: '0s', set: { priority: 1 } }] };
    expect(warnings({ all: { target: '3m', precedence: 200 }, gold: priority })).toEqual([]);
    expect(
      warnings({ all: { target: '3m', during: { timezone: 'UTC', hours: ['Mon 09:00-18:00'] } } }),
    ).toEqual([]);
  });

  test('is one call a contact', () => {
    expect(callsPerContact(policy('gold', GOLD))).toBe(1);
    const steps = [{ after: '5m', set: { priority: 1 } }];
    expect(callsPerContact(policy('gold', { ...GOLD, steps }))).toBe(2);
  });
});
