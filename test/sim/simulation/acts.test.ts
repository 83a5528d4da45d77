import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import { runScenario } from '../../../sim/simulation/index.ts';
import { policy } from '../../support/contacts.ts';
import { scenarioFrom } from './fixture.ts';

interface Call {
  readonly contactId: string;
  /** Seconds after the start. */
  readonly at: number;
  /** Since the contact waits, in seconds. */
  readonly waited: number;
  readonly priority: number | undefined;
}

/** The calls for contacts that nobody answers, of two tiers and queues, from 08:00 on. */
function callsWith(acts: readonly object[], policies: readonly Policy[]): Call[] {
  const stream = (tier: string, queue: string) => ({
    tier,
    queue,
    arrivals: { perHour: 60 },
    handling: { mean: '5m' },
  });
  const scenario = scenarioFrom(
    JSON.stringify({
      name: 'acts',
      start: '2026-11-23T08:00:00+01:00',
      hours: 1,
      serviceLevel: '60s',
      queues: ['q', 'r'],
      agents: [{ name: 'late', count: 1, hours: ['20:00-21:00'], queues: [{ queue: 'q' }, { queue: 'r' }] }],
      streams: [stream('gold', 'q'), stream('basic', 'r')],
      acts,
    }),
  );
  const calls: Call[] = [];
  runScenario(
    scenario,
    { policies: createPolicySet(policies), settings: scenario.settings },
    { seed: 1, run: 0 },
    {
      onEvent() {},
      onUpdate({ contactId, facts }, { update }, now) {
        calls.push({
          contactId,
          at: (now - scenario.startsAt) / 1_000,
          waited: (now - (facts?.queue?.enqueuedAt ?? 0)) / 1_000,
          priority: update.QueuePriority,
        });
      },
      onSuperseded() {},
      waitingCount: () => 0,
    },
  );
  return calls;
}

const onSignal = policy('on-signal', {
  match: { signals: ['late'] },
  steps: [{ after: '0s', set: { priority: 2 } }],
});
const always = policy('always', { steps: [{ after: '1m', set: { priority: 3 } }] });

/** Who was called for, by tier. */
const tiersOf = (calls: readonly Call[]) =>
  new Set(calls.map(({ contactId }) => contactId.slice(0, contactId.indexOf('-'))));

describe('acts of a scenario', () => {
  test('nothing happens without them', () => {
    expect(callsWith([], [onSignal])).toStrictEqual([]);
  });

  test('a signal at a time concerns those who wait then, in the queue', () => {
    const calls = callsWith([{ at: '08:30', signal: 'late', queue: 'q' }], [onSignal]);
    expect(tiersOf(calls)).toEqual(new Set(['gold']));
    expect(calls.length).toBeGreaterThan(20);
    for (const { at, waited } of calls) {
      expect(at - waited).toBeLessThan(1_800);
      expect(at).toBeGreaterThan(1_800);
      expect(at).toBeLessThan(1_810);
    }
  });

  test('a signal of a queue with a ttl concerns those who come until it ends', () => {
    const calls = callsWith([{ at: '08:30', signal: 'late', queue: 'q', ttl: '10m' }], [onSignal]);
    const enqueued = calls.map(({ at, waited }) => at - waited);
    expect(tiersOf(calls)).toEqual(new Set(['gold']));
    expect(Math.max(...enqueued)).toBeGreaterThan(2_300);
    expect(Math.max(...enqueued)).toBeLessThan(2_400);
    expect(calls.filter(({ waited }) => waited < 2).length).toBeGreaterThan(5);
  });

  test('a signal after a wait concerns a share of the contacts of a tier, the same in each run of the seed', () => {
    const act = { after: '2m', signal: 'late', tier: 'basic', share: 0.3 };
    const calls = callsWith([act], [onSignal]);
    expect(calls).toStrictEqual(callsWith([act], [onSignal]));
    expect(tiersOf(calls)).toEqual(new Set(['basic']));
    expect(calls.length).toBeGreaterThan(8);
    expect(calls.length).toBeLessThan(32);
    for (const { waited } of calls) {
      expect(waited).toBeGreaterThanOrEqual(120.3);
      expect(waited).toBeLessThan(122);
    }
  });

  test('an override sets its routing until it ends, or is released', () => {
    const priorities = (acts: readonly object[]) => {
      const calls = callsWith(acts, [always]).filter(({ at }) => at > 1_800);
      return Map.groupBy(calls, ({ priority }) => priority);
    };
    const override = { at: '08:30', override: { priority: 1 }, tier: 'gold', ttl: '10m' };
    const ended = priorities([override]);
    const raised = ended.get(1) ?? [];
    expect(tiersOf(raised)).toEqual(new Set(['gold']));
    expect(raised.length).toBeGreaterThan(20);
    const ids = new Set(raised.map(({ contactId }) => contactId));
    const backAt = (ended.get(3) ?? []).filter(({ contactId }) => ids.has(contactId)).map(({ at }) => at);
    expect(backAt).toHaveLength(ids.size);
    expect(Math.min(...backAt)).toBeGreaterThanOrEqual(2_400);
    const released = priorities([override, { at: '08:35', release: true }]).get(3) ?? [];
    const early = released.filter(({ contactId }) => ids.has(contactId)).map(({ at }) => at);
    expect(early).toHaveLength(ids.size);
    expect(Math.max(...early)).toBeLessThan(2_120);
  });

  test('no call is made during a pause, also of two that overlap, and those due are made after it', () => {
    const pauses = [
      { at: '08:20', pause: '5m' },
      { at: '08:22', pause: '10m' },
    ];
    const calls = callsWith(pauses, [always]);
    expect(calls.filter(({ at }) => at > 1_201 && at < 1_920)).toStrictEqual([]);
    const after = calls.filter(({ at }) => at >= 1_920 && at < 1_930);
    expect(after.length).toBeGreaterThan(15);
    expect(calls).toHaveLength(callsWith([], [always]).length);
  });
});
