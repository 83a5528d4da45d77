import { expect, test } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { reportHtml } from '../../../sim/report/index.ts';
import { describeInChromium, htmlOf } from './browser.ts';
import { about, calls, NONE, POLICIES, result, starvedResult } from './fixture.ts';

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

/** The positions of shapes on the screen, in the order of the document. */
function boxes(shapes: Locator): Promise<readonly Box[]> {
  return shapes.evaluateAll((elements) =>
    elements.map((element) => {
      const { left, right, top, bottom, width } = element.getBoundingClientRect();
      return { left, right, top, bottom, width };
    }),
  );
}

/** The position of an x coordinate relative to another box: 0 at its left side, 1 at its right side. */
function along(x: number, track: Box | undefined): number {
  return track === undefined ? Number.NaN : (x - track.left) / track.width;
}

function one(found: readonly Box[]): Box {
  expect(found).toHaveLength(1);
  return found[0] as Box;
}

describeInChromium('the charts of the report', ({ show }) => {
  test.each([
    ['service level', 0, 'serviceLevel'],
    ['abandonment', 1, 'abandoned'],
  ] as const)(
    'a bar for the %s of every set and tier is as long as the share, with its interval',
    async (_, at, key) => {
      const { sets } = starvedResult();
      const { page } = await show(htmlOf(starvedResult));
      for (const tierIndex of [0, 1, 2]) {
        const figure = page.locator('.tier').nth(tierIndex).locator('figure').nth(at);
        const tracks = await boxes(figure.locator('.track rect'));
        const bars = await boxes(figure.locator('.bar rect'));
        const whiskers = await boxes(figure.locator('.whisker path'));
        expect([tracks.length, bars.length, whiskers.length]).toEqual([3, 3, 3]);
        for (const [index, { tiers }] of sets.entries()) {
          const { value, low, high } = tiers[tierIndex]?.[key] ?? about(Number.NaN);
          expect(along(bars[index]?.left ?? 0, tracks[index])).toBeCloseTo(0, 2);
          expect(along(bars[index]?.right ?? 0, tracks[index])).toBeCloseTo(value, 2);
          expect(along(whiskers[index]?.left ?? 0, tracks[index])).toBeCloseTo(Math.max(0, low), 2);
          expect(along(whiskers[index]?.right ?? 0, tracks[index])).toBeCloseTo(high, 2);
        }
      }
    },
  );

  test('the curve of every set crosses the target time at the share that waited less', async () => {
    const { sets } = starvedResult();
    const { page } = await show(htmlOf(starvedResult));
    for (const tierIndex of [0, 1, 2]) {
      const chart = page.locator('.tier').nth(tierIndex).locator('figure').nth(2);
      const target = one(await boxes(chart.locator('.target line')));
      for (const [index, { tiers }] of sets.entries()) {
        const path = chart.locator(`.curve.set-${index} path`);
        const crossing = await path.evaluate((element, x) => {
          const place = element.getScreenCTM();
          const end = element.getTotalLength();
          const at = (length: number) => element.getPointAtLength(length).matrixTransform(place);
          let [low, high] = [0, end];
          for (let halvings = 0; halvings < 40; halvings += 1) {
            const middle = (low + high) / 2;
            if (at(middle).x < x) low = middle;
            else high = middle;
          }
          return at(low).y;
        }, target.left);
        const waits = tiers[tierIndex]?.waitHistogram.counts ?? [];
        const share = waits.slice(0, 3).reduce((sum, count) => sum + count, 0) / 4_000;
        expect((target.bottom - crossing) / (target.bottom - target.top)).toBeCloseTo(share, 2);
      }
    }
  });

  test('changes of the mean wait are left and right of zero, on one scale for all sets', async () => {
    const { page } = await show(htmlOf(starvedResult));
    const ends: { readonly seconds: number; readonly pixels: number }[] = [];
    for (const [index, changes] of [
      [-75, 3, 50],
      [-88, 80, 520],
    ].entries()) {
      const card = page.locator('.cost').nth(index);
      const zeros = await boxes(card.locator('.zero line'));
      const bars = await boxes(card.locator('.bar rect'));
      expect(bars).toHaveLength(3);
      expect(await card.locator('.whisker path').count()).toBe(3);
      for (const [row, seconds] of changes.entries()) {
        const zero = zeros[row]?.left ?? 0;
        const end = (seconds < 0 ? bars[row]?.left : bars[row]?.right) ?? 0;
        ends.push({ seconds, pixels: end - zero });
      }
    }
    const longest = ends.at(-1)?.pixels ?? 0;
    expect(longest).toBeGreaterThan(200);
    for (const { seconds, pixels } of ends)
      expect(Math.abs(pixels - (seconds / 520) * longest)).toBeLessThan(1.5);
    const colors = await page
      .locator('.cost')
      .first()
      .locator('.bar rect')
      .evaluateAll((rects) => rects.map((rect) => rect.getAttribute('fill')));
    expect(colors).toEqual(['var(--good)', 'var(--open)', 'var(--bad)']);
  });

  test('calls are drawn in proportion to the quota', async () => {
    const { page } = await show(htmlOf(starvedResult));
    const cards = page.locator('.calls');
    expect(await cards.count()).toBe(2);
    await expect(page.locator('#calls').textContent()).resolves.toContain('No calls: A none');
    for (const [index, peak] of [12, 18].entries()) {
      const card = cards.nth(index);
      const line = one(await boxes(card.locator('.peak path')));
      const mean = one(await boxes(card.locator('.mean path')));
      const quota = one(await boxes(card.locator('.quota line')));
      const height = line.bottom - quota.top;
      expect((line.bottom - line.top) / height).toBeCloseTo(peak / 18, 2);
      expect((mean.bottom - mean.top) / height).toBeCloseTo((0.3 * peak) / 18, 2);
    }
  });

  test('the timelines of a contact have the same scale and numbered events', async () => {
    const { page } = await show(htmlOf(result));
    const [none, policies] = await boxes(page.locator('.timeline .waited rect'));
    expect((policies?.width ?? 0) / (none?.width ?? 0)).toBeCloseTo(150 / 600, 2);
    expect(policies?.left).toBeCloseTo(none?.left ?? 0, 0);
    expect(policies?.top).toBeGreaterThan(none?.bottom ?? 0);
    const moments = await boxes(page.locator('.timeline').nth(1).locator('.moment circle'));
    const at = moments.map(({ left, right }) => along((left + right) / 2, none) * 600);
    for (const [index, seconds] of [0, 1, 61, 120, 150].entries()) {
      expect(Math.abs((at[index] ?? 0) - seconds)).toBeLessThan(2);
    }
    expect(await page.locator('.timeline').nth(1).locator('li').allInnerTexts()).toEqual([
      '0s enters the queue sales',
      '1s gold-first sets priority 3',
      '1m1s priority 3 takes effect',
      '2m gold-first sets priority 1',
      '2m30s is answered',
    ]);
  });

  test('a week is drawn on an axis of days', async () => {
    const week = result();
    const busy = calls(12);
    const byMinute = Array.from({ length: 7 * 1_440 }, (_, minute) => ({
      minute,
      mean: 1,
      peak: minute === 5_000 ? 9 : 3,
    }));
    const html = reportHtml({
      ...week,
      scenario: { ...week.scenario, hours: 168 },
      sets: [NONE, { ...POLICIES, calls: { ...busy, byMinute } }],
    });
    const { page } = await show(html);
    const line = one(await boxes(page.locator('.calls .peak path')));
    const quota = one(await boxes(page.locator('.calls .quota line')));
    const zero = one(await boxes(page.locator('.calls .base line')));
    expect((zero.bottom - line.top) / (zero.bottom - quota.top)).toBeCloseTo(9 / 18, 2);
    expect(await page.locator('.calls svg').innerHTML()).toContain('>day 3<');
  });
});
