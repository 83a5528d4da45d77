import { describe, expect, test } from '@jest/globals';
import { withAvailability } from '../../../sim/backtest/availability.ts';
import { cellsOf } from '../../../sim/backtest/cells.ts';
import { clockAt, localIso } from '../../../sim/backtest/day-clock.ts';
import { WaitSample } from '../../../sim/backtest/figures.ts';
import { createStreamMatcher } from '../../../sim/backtest/match-stream.ts';
import { worstStretches } from '../../../sim/backtest/stretches.ts';
import { halfHoursOf } from '../../../sim/simulation/half-hours.ts';
import { staffingOf } from '../../../sim/simulation/staffing.ts';
import { scenarioFrom } from '../simulation/fixture.ts';
import { KNOWN } from './known-centre.ts';

describe('the cells of a tier', () => {
  const counts = (...slots: [number, number][]) => cellsOf('gold', new Map(slots));

  test('are half hours with enough contacts', () => {
    expect(counts([18, 10], [19, 25])).toStrictEqual({
      cells: [
        { tier: 'gold', fromSlot: 18, toSlot: 19, contacts: 10 },
        { tier: 'gold', fromSlot: 19, toSlot: 20, contacts: 25 },
      ],
      leftOut: 0,
    });
  });

  test('are pooled up to two hours', () => {
    expect(counts([19, 4], [18, 4], [21, 3], [22, 9])).toStrictEqual({
      cells: [{ tier: 'gold', fromSlot: 18, toSlot: 22, contacts: 11 }],
      leftOut: 9,
    });
  });

  test('leave out contacts that are too few in two hours', () => {
    expect(counts([18, 9], [22, 9], [23, 1])).toStrictEqual({
      cells: [{ tier: 'gold', fromSlot: 22, toSlot: 24, contacts: 10 }],
      leftOut: 9,
    });
    expect(counts()).toStrictEqual({ cells: [], leftOut: 0 });
  });
});

describe('the clock of a back-test', () => {
  test('is that of the time zone of the recording, also after clocks were set', () => {
    const fitted = { from: 0, to: 0, timezone: 'Europe/Berlin' };
    const clock = clockAt({ ...KNOWN, fitted }, Date.parse('2026-07-01T10:00:00Z'));
    expect(clock).toStrictEqual({
      dayBeganAt: Date.parse('2026-06-30T22:00:00Z'),
      day: Date.parse('2026-07-01T00:00:00Z') / 86_400_000,
      weekday: 2,
    });
    expect(localIso(clock, Date.parse('2026-07-01T10:00:00Z'))).toBe('2026-07-01T12:00:00+02:00');
  });

  test('is that of the start of a scenario without a recording', () => {
    const clock = clockAt(KNOWN, Date.parse('2026-07-01T10:00:00Z'));
    expect(localIso(clock, clock.dayBeganAt)).toBe('2026-07-01T00:00:00+01:00');
    expect(clock.weekday).toBe(2);
    expect(localIso({ dayBeganAt: 0, day: 0, weekday: 0 }, 0)).toBe('1970-01-01T00:00:00+00:00');
    expect(localIso({ dayBeganAt: 12_600_000, day: 0, weekday: 0 }, 12_600_000)).toBe(
      '1970-01-01T00:00:00-03:30',
    );
  });
});

describe('the agents of a scenario, multiplied', () => {
  const hoursOf = (scenario: typeof KNOWN) =>
    staffingOf(scenario, halfHoursOf(scenario)).agentMs.reduce((sum, ms) => sum + ms, 0) / 3_600_000;

  // Four days of nine agents for ten hours, and five agents for four.
  test.each([0.8, 0.93, 1, 1.07, 1.2])('by %d', (factor) => {
    const some = withAvailability(KNOWN, factor);
    expect(hoursOf(some) / (4 * (9 * 10 + 5 * 4))).toBeCloseTo(factor, 2);
    const { agents } = some;
    expect(new Set(agents.map(({ name }) => name)).size).toBe(agents.length);
  });

  test('keep breaks, ids and those who always work', () => {
    const [group] = KNOWN.agents;
    if (!group) throw new TypeError('There is no group.');
    const rest = { fromMs: 12 * 3_600_000, toMs: 13 * 3_600_000 };
    const hours = [{ fromMs: 9 * 3_600_000, toMs: 15 * 3_600_000, breaks: [rest] }];
    const [whole, part] = withAvailability(
      { ...KNOWN, agents: [{ ...group, count: 2, ids: ['u-1', 'u-2'], hours }] },
      0.9,
    ).agents;
    expect(whole).toMatchObject({ count: 1, ids: ['u-1'], hours });
    expect(part).toMatchObject({ name: 'both in part', count: 1, ids: ['u-2'] });
    // Away for a fifth of every two hours, and at lunch, in order and without overlaps.
    const breaks = part?.hours?.[0]?.breaks ?? [];
    expect(breaks.some(({ fromMs, toMs }) => fromMs <= rest.fromMs && toMs >= rest.toMs)).toBe(true);
    expect(breaks.every(({ fromMs }, index) => index === 0 || fromMs > (breaks[index - 1]?.toMs ?? 0))).toBe(
      true,
    );
    const { hours: _hours, ...always } = group;
    const one = { ...KNOWN, agents: [{ ...always, count: 1 }] };
    expect(hoursOf(withAvailability(one, 0.8))).toBeCloseTo(96 * 0.8, 6);
    expect(withAvailability(one, 1)).toBe(one);
  });
});

describe('the stream of a contact', () => {
  const streams = scenarioFrom(`
name: Streams
start: 2026-11-23T00:00:00Z
hours: 1
serviceLevel: 60s
queues: [q, r]
agents: [{ name: a, count: 1, queues: [{ queue: q }, { queue: r }], channels: [VOICE, CHAT] }]
streams:
  - { tier: other, queue: q, arrivals: { perHour: 1 }, handling: { mean: 1m } }
  - { tier: gold, queue: q, tags: { tier: gold }, arrivals: { perHour: 1 }, handling: { mean: 1m } }
  - { tier: vip, queue: q, tags: { tier: gold, vip: yes }, arrivals: { perHour: 1 }, handling: { mean: 1m } }
  - { tier: chat, queue: q, channel: CHAT, arrivals: { perHour: 1 }, handling: { mean: 1m } }
`).streams;
  const match = createStreamMatcher(streams);

  test.each([
    [{ tier: 'gold', vip: 'yes', more: 'x' }, 'VOICE', 'q', 'vip'],
    [{ tier: 'gold' }, 'VOICE', 'q', 'gold'],
    [{ tier: 'silver' }, 'VOICE', 'q', 'other'],
    [{}, 'CHAT', 'q', 'chat'],
    [{ tier: 'gold' }, 'CHAT', 'q', 'chat'],
    [{ tier: 'gold' }, 'VOICE', 'r', undefined],
    [{}, 'TASK', 'q', undefined],
  ])('with the tags %j, by %s in %s, is %s', (tags, channel, queueId, tier) => {
    expect(match({ tags: tags as Record<string, string>, channel, queueId })?.tier).toBe(tier);
  });
});

test('figures are those of all waits, answered or not', () => {
  const sample = new WaitSample(60);
  for (const seconds of [10, 20, 30, 40, 50, 60, 70, 80]) sample.add('answered', seconds);
  sample.add('abandoned', 5);
  sample.add('waiting', 635);
  expect(sample.figures()).toStrictEqual({
    meanWait: 100,
    p90Wait: 80,
    abandoned: 0.1,
    // Six within the target, of all but the one who abandoned within it.
    serviceLevel: 6 / 9,
  });
  expect(sample.contacts).toBe(10);
  expect(new WaitSample(60).figures().meanWait).toBeNaN();
});

test('stretches are half hours, one after another, that deviate in the same way', () => {
  const cell = (tier: string, from: number, observed: number, isWithin = false) => ({
    tier,
    from: `2026-11-23T${from}:00:00+01:00`,
    to: `2026-11-23T${from + 1}:00:00+01:00`,
    contacts: 10,
    figures: { meanWait: { observed, simulated: 100, low: 90, high: 110, isWithin } },
  });
  const cells = [
    cell('gold', 10, 200),
    cell('gold', 11, 400),
    cell('gold', 12, 100, true),
    cell('gold', 13, 50),
    cell('gold', 14, 150),
    cell('gold', 16, 120),
    cell('silver', 17, 190),
  ];
  expect(
    worstStretches(cells).map(({ tier, day, from, to, observed, simulated }) => [
      tier,
      day,
      from,
      to,
      observed,
      simulated,
    ]),
  ).toStrictEqual([
    ['gold', '2026-11-23', '10:00', '12:00', 300, 100],
    ['silver', '2026-11-23', '17:00', '18:00', 190, 100],
    ['gold', '2026-11-23', '13:00', '14:00', 50, 100],
  ]);
});
