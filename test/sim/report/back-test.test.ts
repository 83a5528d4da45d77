import { expect, test } from '@jest/globals';
import { FIGURES } from '../../../sim/backtest/figures.ts';
import type { BackTestResult, JudgedFigures } from '../../../sim/backtest/result.ts';
import { backTestHtml } from '../../../sim/report/back-test/index.ts';
import { chartLabels, describeInChromium, overflowing, requestsElsewhere } from './browser.ts';

const TIERS = ['gold', '<b>silver</b>'];

/** Two days from eight to six, every tenth half hour outside its band. */
function resultOf(): BackTestResult {
  const figuresOf = (index: number): JudgedFigures =>
    Object.fromEntries(
      FIGURES.map((name) => {
        const unit = name === 'meanWait' || name === 'p90Wait' ? 4_000 : 1;
        const isWithin = index % 10 !== 0;
        return [
          name,
          {
            observed: unit * (isWithin ? 0.5 : 0.9),
            simulated: 0.5 * unit,
            low: 0.4 * unit,
            high: 0.7 * unit,
            isWithin,
          },
        ];
      }),
    );
  const deviation = {
    contacts: 1_234,
    figures: figuresOf(1),
    deviations: { meanWait: 0.1 },
    bias: 0.05,
    coverage: { within: 36, of: 40 },
  };
  const two = (value: number) => String(value).padStart(2, '0');
  const cells = TIERS.flatMap((tier) =>
    [26, 27].flatMap((day) =>
      Array.from({ length: 20 }, (_, slot) => {
        const clock = (index: number) =>
          `2026-11-${day}T${two(8 + Math.floor(index / 2))}:${index % 2 === 0 ? '00' : '30'}:00+01:00`;
        return { tier, from: clock(slot), to: clock(slot + 1), contacts: 30, figures: figuresOf(slot) };
      }),
    ),
  );
  return {
    version: 1,
    escalator: '0.1.0',
    scenario: { name: 'a-very-long-name-of-a-recording-without-any-blank-in-it.jsonl.gz', digest: 'x' },
    recordings: ['<i>x</i>.jsonl'],
    from: '2026-11-26T08:00:00+01:00',
    to: '2026-11-27T18:00:00+01:00',
    policies: 'none',
    runs: 200,
    seed: 1,
    verdict: 'not calibrated',
    reasons: ['Were fewer agents at work than the scenario says?'],
    notes: ['The acts of the scenario are left out.'],
    agents: 1,
    all: deviation,
    tiers: TIERS.map((tier) => ({ tier, ...deviation })),
    cells,
  };
}

describeInChromium('the report of a back-test', ({ open }) => {
  test.each([360, 1_200])(
    'fits %d pixels, loads nothing and has unique texts for its charts',
    async (width) => {
      const html = backTestHtml(resultOf());
      const { page, requests, errors } = await open(html, { viewport: { width, height: 800 } });
      expect(errors).toEqual([]);
      expect(requestsElsewhere(requests)).toEqual([]);
      expect(await overflowing(page)).toEqual([]);
      const labels = await chartLabels(page);
      expect(labels).toHaveLength(TIERS.length * FIGURES.length);
      expect(new Set(labels).size).toBe(labels.length);
      // Two of twenty half hours on each of two days, for each figure of each tier.
      expect(await page.locator('.outside circle').count()).toBe(4 * FIGURES.length * TIERS.length);
      expect(await page.locator('#verdict').textContent()).toContain('The scenario is not calibrated.');
      expect(await page.locator('header').textContent()).toContain('<i>x</i>.jsonl');
    },
  );
});

test('the report of a back-test has the same bytes for the same result, and no chart without half hours', () => {
  const result = resultOf();
  expect(backTestHtml(result)).toBe(backTestHtml(resultOf()));
  const nothing = backTestHtml({ ...result, verdict: 'too little to judge', cells: [] });
  expect(nothing).not.toContain('<svg');
  expect(nothing).toContain('There is too little to judge the scenario by.');
});
