import { expect, test } from '@jest/globals';
import { checkAgreement, runModel } from '../../../sim/theory/agreement.ts';
import { RAMPS, WRONG_RATES } from '../../../sim/theory/escalation-cases.ts';

/**
 * As in agreement.test.ts, with shorter runs: `npm run theory` runs all cases for longer. The intervals are narrow enough to
 * reject the theories below.
 */
const CONFIDENCE = 0.999;
const runs = runModel(RAMPS.model, { warmUp: 300, measured: 3_000 }, { runs: 12, seed: 1 });

test('ramps through the real plan and dispatch agree with the accumulating priority queue', () => {
  const agreements = RAMPS.figures.map((figure) => checkAgreement(figure, runs, CONFIDENCE));
  expect(agreements.map(({ figure, agrees }) => [figure.name, agrees])).toStrictEqual([
    ['mean wait of class 1', true],
    ['mean wait of class 2', true],
    ['mean wait', true],
  ]);
});

test.each(WRONG_RATES.slice(2))('is rejected: $name', ({ figures }) => {
  expect(figures.every((figure) => checkAgreement(figure, runs, CONFIDENCE).agrees)).toBe(false);
});
