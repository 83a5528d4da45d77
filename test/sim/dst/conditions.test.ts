import { describe, expect, test } from '@jest/globals';
import {
  conditionsOf,
  DIMENSIONS,
  describeConditions,
  dimensionsOf,
  OUTAGES,
} from '../../../sim/dst/conditions.ts';
import { scheduledOutages } from '../../../sim/dst/outages.ts';
import { SCHEDULES } from '../../../sim/dst/schedule.ts';

const SEEDS = Array.from({ length: 4_000 }, (_, index) => index + 1);

describe('the world of a seed', () => {
  test('is the same each time', () => {
    expect(SEEDS.map(conditionsOf)).toEqual(SEEDS.map(conditionsOf));
  });

  test('has every dimension in some runs, and most runs are short', () => {
    const counts = Map.groupBy(
      SEEDS.flatMap((seed) => dimensionsOf(conditionsOf(seed))),
      (name) => name,
    );
    expect(DIMENSIONS.filter((name) => (counts.get(name)?.length ?? 0) < 10)).toEqual([]);
    expect(counts.get('days')?.length).toBeLessThan(80);
    expect(counts.get('large-centre')?.length).toBeLessThan(100);
  });

  test('has outages that are over when faults end, one after the other', () => {
    for (const { outages, span } of SEEDS.map(conditionsOf)) {
      const { faultsEndMs } = SCHEDULES[span];
      expect(outages.filter(({ fromMs, untilMs }) => fromMs >= untilMs || untilMs >= faultsEndMs)).toEqual(
        [],
      );
      for (const kind of Object.keys(OUTAGES)) {
        const [first, second] = outages.filter((outage) => outage.kind === kind);
        if (first && second) expect(first.untilMs).toBeLessThan(second.fromMs);
      }
    }
  });

  test('is described in one line', () => {
    expect(
      describeConditions({
        throughAdapters: true,
        span: 'days',
        instances: ['i-1', 'i-2'],
        bystanders: 120,
        outages: [{ kind: 'other-region', fromMs: 1_000, untilMs: 61_000 }],
        clockSkewMs: -20,
        maxIndexLagMs: 30_000,
        breaksTexts: true,
        hasLongTexts: true,
        upgradeAtMs: 5_000,
        coldStartAtMs: 7_000,
        maxReceives: 2,
        families: ['targets'],
      }),
    ).toBe(
      'through the adapters, days, 2 instances, 120 bystanders, other-region 1 s to 61 s, clocks ahead by -20 ms, ' +
        'indexes lag by up to 30 s, texts break, long texts, upgrade at 5 s, cold starts at 7 s, ' +
        'messages die after 2 attempts, targets',
    );
  });
});

test('an outage lasts from its beginning to its end', () => {
  const time = { now: 0 };
  const outages = scheduledOutages([{ kind: 'paused', fromMs: 10, untilMs: 20 }], 100, time);
  const active = [109, 110, 119, 120].map((now) => {
    time.now = now;
    return outages.isActive('paused');
  });
  expect(active).toEqual([false, true, true, false]);
  time.now = 115;
  expect(outages.isActive('table-denied')).toBe(false);
});
