import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { LARGEST_CENTRE, SCENARIOS } from '../../bench/large-centre/scenarios.ts';

/** Beyond what 50 wake-ups a second can serve in fifteen minutes, and quick. `npm run bench:large-centre` has them all. */
const WAITING = 46_000;

test.each(Object.entries(SCENARIOS))(
  'in a large centre no figure is beyond the claim: %s',
  async (_name, run) => {
    const figures = await run(WAITING);
    expect(figures.length).toBeGreaterThan(2);
    expect(figures.filter(({ value, atMost }) => value > atMost)).toEqual([]);
    // Takes seconds on an idle machine.
  },
  400_000,
);

test('docs/limits.md states the largest centre that is served', () => {
  expect(readFileSync('docs/limits.md', 'utf8').replaceAll(/\s+/g, ' ')).toContain(
    `${LARGEST_CENTRE.toLocaleString('en')} contacts that wait at the same time`,
  );
});
