import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { consoleFigureDollars } from '../../../scripts/cost/console-figures.ts';
import { consoleReadUnits } from '../../../scripts/cost/console-reads.ts';
import { PRICES } from '../../../scripts/cost/prices.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/console.md'), 'utf8');

test.each([100, 1_000, 10_000])(
  'docs/console.md says what an open console costs while %i contacts wait',
  async (waiting) => {
    const units = await consoleReadUnits({ waiting, every: 2 });
    const dollars = (units * PRICES.dynamodb.millionReadUnits) / 1e6;
    const number = (value: number) => Number(value.toPrecision(2)).toLocaleString('en');
    expect(PAGE).toContain(`| ${number(waiting)} | ${number(units)} | ${dollars.toFixed(2)} |`);
  },
);

test('docs/console.md says what the figures of CloudWatch and SQS cost', () => {
  expect(PAGE).toContain(`${consoleFigureDollars().toFixed(4)} dollars an hour`);
});

test('a look costs less the less often it comes', async () => {
  const [often, seldom] = [
    await consoleReadUnits({ waiting: 100, every: 2 }),
    await consoleReadUnits({ waiting: 100, every: 10 }),
  ];
  expect(often / seldom).toBeGreaterThan(4);
});
