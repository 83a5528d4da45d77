import { describe, expect, test } from '@jest/globals';
import { policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { callsPerContact } from '../../../../lambda/domain/policy/warnings/quota.ts';
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

  test.each(['2h', 'horizon'])(
    'that counts from before this queue may be beyond the horizon: %s',
    (target) => {
      for (const clock of ['firstEnqueued', 'initiated']) {
        expect(warnings({ gold: { ...GOLD, target, clock } })).toEqual([]);
      }
    },
  );

  test.each(['4h', 'horizon'])('that counts open hours is due even later: %s is warned of', (target) => {
    const clock = { in: { timezone: 'UTC', hours: ['Mon-Fri 09:00-18:00'] } };
    expect(warnings({ email: { ...GOLD, target, clock } })).toEqual(['email: target-beyond-horizon']);
    expect(warnings({ email: { ...GOLD, target: '4h', clock } }, { horizon: '3d' })).toEqual([]);
  });

  test('that a clock of open hours shows after the horizon at the soonest is warned of', () => {
    const clock = { in: { timezone: 'UTC', hours: ['Mon-Fri 09:00-12:00'] } };
    const email = { ...GOLD, target: '4h', clock };
    // From 09:00 on, three hours are open today and the fourth tomorrow: 25 hours.
    expect(warnings({ email }, { horizon: '25h' })).toEqual(['email: target-beyond-horizon']);
    expect(warnings({ email }, { horizon: '26h' })).toEqual([]);
    expect(warnings({ email: { ...email, target: '3h' } }, { horizon: '4h' })).toEqual([]);
  });

  test('says what the soonest is, and its advice holds', () => {
    const clock = { in: { timezone: 'UTC', hours: ['Sun 03:00-03:05'] } };
    const email = policy('email', { ...GOLD, target: '10m', clock });
    const { settings } = settingsFromSource({});
    const [warning] = settings ? policyWarnings([email], settings) : [];
    expect(warning?.message).toBe(
      'The clock counts open hours only, and shows the target after 7d5m at the soonest. That is not before the ' +
        'horizon, 30m, when contacts without a target count as due: it changes nothing. Shorten the target, or ' +
        'lengthen horizon in the settings.',
    );
    expect(warnings({ email: { ...GOLD, target: '10m', clock } }, { horizon: '8d' })).toEqual([]);
    expect(warnings({ email: { ...GOLD, target: '4m', clock } })).toEqual([]);
  });

  test('of the horizon itself changes nothing where its clock begins in this queue', () => {
    expect(warnings({ gold: { ...GOLD, target: 'horizon' } })).toEqual(['gold: target-beyond-horizon']);
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
