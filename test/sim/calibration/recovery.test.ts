import { describe, expect, test } from '@jest/globals';
import { calibrate } from '../../../sim/calibration/calibration.ts';
import { Collector } from '../../../sim/calibration/collector.ts';
import { coverageOf } from '../../../sim/calibration/coverage.ts';
import type { Fitted } from '../../../sim/calibration/parameter.ts';
import { weekdayOf } from '../../../sim/calibration/week.ts';
import { recordScenario } from '../../../sim/replay/record-scenario.ts';
import { parseEntry } from '../../../sim/replay/recording-entry.ts';
import { parseScenario } from '../../../sim/scenario/index.ts';

const TIMEZONE = 'Europe/Berlin';

/** Ten days of a centre in which all is known. */
const { scenario } = parseScenario(
  `
name: Known
start: 2026-11-23T00:00:00+01:00
hours: 240
serviceLevel: 60s
afterContactWork: 20s
queues: [support, billing]
agents:
  - { name: both, count: 9, queues: [{ queue: support }, { queue: billing }], days: [mon, tue, wed, thu, fri], hours: ["08:00-18:00"] }
  - { name: noon, count: 5, queues: [{ queue: support }], days: [mon, tue, wed, thu, fri], hours: ["10:00-14:00"] }
  - { name: saturday, count: 4, queues: [{ queue: support }, { queue: billing }], days: [sat], hours: ["09:00-13:00"] }
streams:
  - tier: gold
    queue: support
    tags: { tier: gold }
    arrivals: { perHour: { "08:00": 40, "18:00": 0 }, days: { sat: { "09:00": 20, "13:00": 0 }, sun: 0 } }
    handling: { mean: 4m, variation: 0.7 }
    patience: { mean: 8m, shape: 1.2, hangUps: 0.04 }
    redial: { probability: 0.4, after: 10m }
  - tier: silver
    queue: support
    tags: { tier: silver }
    arrivals: { perHour: { "08:00": 90, "18:00": 0 }, days: { sat: 0, sun: 0 } }
    handling: { mean: 3m, variation: 0.5 }
    patience: { mean: 5m, shape: 1.5 }
    transfer: { probability: 0.15, queue: billing, handling: { mean: 6m, variation: 0.6 } }
`,
  () => '',
);

function recorded(run: number, faults: Parameters<typeof recordScenario>[2]) {
  const collector = new Collector({ timezone: TIMEZONE, tierTags: ['tier'], testContacts: false });
  if (!scenario) throw new Error('The scenario has problems.');
  recordScenario(scenario, { seed: 1, run }, faults, (event) => {
    const entry = parseEntry({ value: event });
    if (entry.kind === 'recorded') collector.add(entry.recorded);
  });
  const collected = collector.end();
  return { collected, calibration: calibrate(TIMEZONE, collected) };
}

/** A single interval of 95 % may miss the truth: it is widened to 99.9 %. */
function expectNear(fitted: Fitted | undefined, truth: number): void {
  const { value = 0, low = 0, high = 0 } = fitted ?? {};
  expect({
    truth,
    low,
    high,
    isWithin: value - (value - low) * 1.7 <= truth && truth <= value + (high - value) * 1.7,
  }).toMatchObject({ isWithin: true });
}

describe('a recording of a known centre, with lost, repeated and late events', () => {
  const { collected, calibration } = recorded(0, { lost: 0.001, twice: 0.02, disorderMs: 20_000 });
  const stream = (tier: string) => calibration.streams.find((one) => one.tier[0] === tier);

  test('shows its streams', () => {
    expect(
      calibration.streams
        .filter(({ contacts }) => contacts > 50)
        .map(({ tier, queueId, channel }) => [tier, queueId, channel]),
    ).toEqual([
      [['silver'], 'support', 'VOICE'],
      [['gold'], 'support', 'VOICE'],
    ]);
    expect(collected.knowsCustomers).toBe(true);
  });

  test('shows patience, and not that of those who lost it', () => {
    expectNear(stream('gold')?.patience.fit?.meanSeconds, 480);
    expectNear(stream('gold')?.patience.fit?.shape, 1.2);
    expectNear(stream('gold')?.patience.hangUps, 0.04);
    expectNear(stream('silver')?.patience.fit?.meanSeconds, 300);
    expectNear(stream('silver')?.patience.fit?.shape, 1.5);
    expect(stream('gold')?.patience.meanOfAbandoned).toBeLessThan(240);
  });

  test('shows handling times, also after a transfer', () => {
    expectNear(stream('gold')?.handling.fit?.meanSeconds, 240);
    expectNear(stream('gold')?.handling.fit?.variation, 0.7);
    expectNear(stream('silver')?.handling.fit?.meanSeconds, 180);
    expect(stream('silver')?.handling.values).toBeUndefined();
    const [transfer] = stream('silver')?.transfers ?? [];
    expect(transfer?.queueId).toBe('billing');
    expectNear(transfer?.probability, 0.15);
    expectNear(transfer?.handling.fit?.meanSeconds, 360);
  });

  test('shows who calls again, how often and when', () => {
    expectNear(stream('gold')?.redial?.probability, 0.4);
    expectNear(stream('gold')?.redial?.delay, 600);
  });

  test('shows arrivals by weekday and half hour, without those who call again', () => {
    const { perHour, perDay } = stream('gold')?.arrivals ?? {};
    // Of 400 customers on a working day, and 80 on a Saturday.
    const { wholeDays } = coverageOf(TIMEZONE, collected.startsAt, collected.endsAt);
    const expected = wholeDays.map((day) => [400, 400, 400, 400, 400, 80, 0][weekdayOf(day)] ?? 0);
    expect(wholeDays.length).toBeGreaterThanOrEqual(7);
    expectNear(perDay, expected.reduce((sum, count) => sum + count, 0) / wholeDays.length);
    const mean = (from: number, to: number) => {
      const part = (perHour ?? []).slice(from, to) as number[];
      return part.reduce((sum, rate) => sum + rate, 0) / part.length;
    };
    expect(mean(16, 36)).toBeGreaterThan(32);
    expect(mean(16, 36)).toBeLessThan(48);
    expect(mean(0, 16)).toBe(0);
    expect(mean(5 * 48 + 18, 5 * 48 + 26)).toBeGreaterThan(12);
    expect(mean(6 * 48, 7 * 48)).toBe(0);
  });

  test('shows after-contact work and how many agents were at work', () => {
    expect(calibration.afterContactWork?.mean.value).toBeCloseTo(20, 0);
    const atWork = (weekday: number, hour: number) =>
      calibration.profiles.reduce((sum, { atWork }) => sum + (atWork[weekday * 48 + hour * 2] ?? 0), 0);
    for (const weekday of [0, 2, 4]) {
      expect(atWork(weekday, 9)).toBeGreaterThan(8.4);
      expect(atWork(weekday, 9)).toBeLessThan(9.6);
      expect(atWork(weekday, 12)).toBeGreaterThan(13.2);
      expect(atWork(weekday, 12)).toBeLessThan(14.5);
      expect(atWork(weekday, 20)).toBeLessThan(0.3);
    }
    expect(atWork(5, 11)).toBeGreaterThan(3.4);
    expect(atWork(5, 11)).toBeLessThan(4.2);
    expect(calibration.profiles.map(({ queues }) => queues)).toEqual([['billing', 'support'], ['support']]);
  });
});
