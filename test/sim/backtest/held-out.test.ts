import { describe, expect, test } from '@jest/globals';
import { planBackTest } from '../../../sim/backtest/back-test-plan.ts';
import { HeldOutCollector } from '../../../sim/backtest/held-out.ts';
import { parseEntry } from '../../../sim/replay/recording-entry.ts';
import { at, event, eventsOf, type QueueVisit } from '../../cli/replay/fixture.ts';
import { scenarioFrom } from '../simulation/fixture.ts';

const scenario = scenarioFrom(`
name: Small
start: 2026-11-23T00:00:00Z
hours: 24
serviceLevel: 60s
dayVariation: 0.2
queues: [q, r]
agents: [{ name: a, count: 2, queues: [{ queue: q }, { queue: r }] }]
streams:
  - tier: gold
    queue: q
    tags: { tier: gold }
    arrivals: { perHour: 60 }
    handling: { mean: 4m }
    patience: { mean: 8m }
    redial: { probability: 0.4, after: 10m }
    transfer: { probability: 0.5, queue: r, handling: { mean: 6m } }
acts:
  - { at: "10:00", pause: 1m }
`);

const START = Date.parse(at(0));

/** What is held out, of contacts that come from a minute after the start of the recording on. */
function heldOutOf(visits: readonly QueueVisit[], more: readonly object[] = []) {
  const collector = new HeldOutCollector(scenario, { from: START + 60_000, to: START + 3_600_000 });
  for (const value of [...visits.flatMap(eventsOf), ...more]) {
    const entry = parseEntry({ value });
    if (entry.kind === 'recorded') collector.add(entry.recorded);
  }
  return collector.end();
}

const gold = (contactId: string, queuedAt: number, more: Partial<QueueVisit> = {}): QueueVisit => ({
  contactId,
  tier: 'gold',
  queuedAt,
  ...more,
});

describe('held-out contacts', () => {
  test('arrive when and as they did, each once, and make no others', () => {
    const heldOut = heldOutOf([gold('c-2', 300, { connectedAt: 310 }), gold('c-1', 100, { hungUpAt: 130 })]);
    expect(heldOut.streams).toHaveLength(1);
    expect(heldOut.streams[0]?.contacts).toMatchObject([
      { at: START + 100_000, wait: { seconds: 30, isAnswered: false }, isJudged: true },
      { at: START + 300_000, wait: { seconds: 10, isAnswered: true }, isJudged: true },
    ]);
    const { scenario: again } = planBackTest(scenario, heldOut);
    const [stream] = again.streams;
    expect(stream).toMatchObject({ tier: 'gold', name: 'gold', contact: { queueId: 'q' } });
    expect(stream?.redial).toBeUndefined();
    expect(stream?.transfers).toBeUndefined();
    expect([again.dayVariation, again.acts]).toStrictEqual([0, undefined]);
    expect(stream && !('points' in stream.arrivals) ? [...stream.arrivals] : []).toStrictEqual([
      { at: START + 100_000, tags: { tier: 'gold' } },
      { at: START + 300_000, tags: { tier: 'gold' } },
    ]);
    expect(again).toMatchObject({ startsAtLocal: '2026-11-23T10:00:00+00:00', hours: 0.5, weekday: 0 });
  });

  test('that an agent transferred wait in the second queue, for the second handling, with their tier', () => {
    const { streams } = heldOutOf([
      gold('c-1', 100, { connectedAt: 110, hungUpAt: 400 }),
      gold('c-2', 400, { queue: 'r', previousContactId: 'c-1', connectedAt: 460, hungUpAt: 800 }),
    ]);
    const second = streams.find(({ stream }) => stream.name === 'gold to r');
    expect(second).toMatchObject({
      stream: {
        tier: 'gold',
        contact: { queueId: 'r', initiationMethod: 'TRANSFER' },
        handling: { kind: 'log-normal', meanMs: 360_000 },
        patience: { meanMs: 480_000 },
      },
      contacts: [{ at: START + 400_000, wait: { seconds: 60, isAnswered: true } }],
      handling: { count: 1, meanSeconds: 340 },
    });
  });

  test('that keep the enqueue time of a transfer wait from when they came', () => {
    const moved = event('QUEUED', 400, gold('c-2', 100, { queue: 'r', previousContactId: 'c-1' }));
    const initiated = { ...moved, detail: { ...moved.detail, initiationTimestamp: at(400) } };
    const { streams } = heldOutOf([gold('c-1', 100, { connectedAt: 110, hungUpAt: 400 })], [initiated]);
    const second = streams.find(({ stream }) => stream.name === 'gold to r');
    expect(second?.contacts).toMatchObject([{ at: START + 400_000, enqueuedAt: START + 100_000 }]);
  });

  test('of other times only keep agents busy, and those without an end are not judged by', () => {
    const heldOut = heldOutOf([
      // More than two hours before and after, which makes no difference any more.
      gold('c-0', -7_200, { connectedAt: -7_000 }),
      gold('c-9', 3_600 + 7_200, { connectedAt: 3_600 + 7_300 }),
      gold('c-1', 10, { connectedAt: 20 }),
      gold('c-2', 70, { connectedAt: 75 }),
      gold('c-3', 80),
    ]);
    expect(heldOut.streams[0]?.contacts.map(({ isJudged }) => isJudged)).toStrictEqual([false, true, false]);
    expect(heldOut).toMatchObject({ judged: 1, withoutEnd: 1 });
    const { observed, leftOut, cells } = planBackTest(scenario, heldOut);
    expect([observed.map(({ contacts }) => contacts), leftOut, cells]).toStrictEqual([[1, 1], 1, []]);
    expect(observed[0]?.figures.meanWait).toBe(5);
  });

  test('that no stream has are counted, by where they waited', () => {
    const other = { contactId: 'c-1', tier: 'silver', queuedAt: 100, connectedAt: 110 };
    const { unmatched, judged } = heldOutOf([
      other,
      { ...other, contactId: 'c-2', queue: 'x' },
      { ...other, contactId: 'c-3', queue: 'x' },
      { ...other, contactId: 'c-4', queuedAt: 5_000 },
    ]);
    expect([judged, unmatched]).toStrictEqual([0, { contacts: 3, places: ['x (VOICE)', 'q (VOICE)'] }]);
  });

  test('show how long agents were at work', () => {
    const { agentHours } = heldOutOf([
      gold('c-1', 100, { connectedAt: 110, hungUpAt: 470 }),
      gold('c-2', 1_000, { connectedAt: 1_100, hungUpAt: 1_910 }),
    ]);
    // From 110 to 1,910 s.
    expect(agentHours).toBeCloseTo(0.5, 6);
  });
});
