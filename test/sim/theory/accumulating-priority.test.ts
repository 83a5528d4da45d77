import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../../../sim/random.ts';
import { interval } from '../../../sim/statistics/index.ts';
import {
  accumulatingPriority,
  accumulatingPriorityMultiServer,
  cobham,
  cobhamMultiServer,
  erlangA,
  erlangC,
  generalPatience,
} from '../../../sim/theory/index.ts';

const CLASSES = [0.2, 0.3, 0.3].map((arrivalRate) => ({ arrivalRate, meanService: 1, serviceVariation: 1 }));
const withRates = (...rates: readonly number[]) =>
  CLASSES.map((each, index) => ({ ...each, rate: rates[index] ?? 1 }));

/**
 * The mean wait of each class of an accumulating priority queue with exponential service, by a simulation of its own: one
 * server, which takes the contact with the largest product of wait and rate.
 */
function simulated(classes: readonly { arrivalRate: number; rate: number }[], seed: number): number[] {
  const random = seededRandom(seed);
  const exponential = (mean: number) => -Math.log(1 - random()) * mean;
  const total = classes.reduce((sum, { arrivalRate }) => sum + arrivalRate, 0);
  const sums = classes.map(() => ({ waits: 0, count: 0 }));
  let waiting: { at: number; of: number }[] = [];
  let [freeAt, arrivesAt, count] = [0, exponential(1 / total), 0];
  while (count < 40_000) {
    if (waiting.length === 0 || arrivesAt <= freeAt) {
      let left = random() * total;
      const of = classes.findIndex(({ arrivalRate }) => {
        left -= arrivalRate;
        return left < 0;
      });
      waiting.push({ at: arrivesAt, of: of === -1 ? 0 : of });
      freeAt = Math.max(freeAt, waiting.length === 1 ? arrivesAt : freeAt);
      arrivesAt += exponential(1 / total);
      continue;
    }
    const now = freeAt;
    const urgency = ({ at, of }: { at: number; of: number }) => (now - at) * (classes[of]?.rate ?? 0);
    const next = waiting.reduce((best, one) => (urgency(one) > urgency(best) ? one : best));
    waiting = waiting.filter((one) => one !== next);
    count += 1;
    const sum = sums[next.of];
    if (sum && count > 1_000) {
      sum.waits += now - next.at;
      sum.count += 1;
    }
    freeAt = now + exponential(1);
  }
  return sums.map(({ waits, count: of }) => waits / of);
}

describe('the accumulating priority queue', () => {
  test('two classes, by hand', () => {
    // The wait of first come is 4; of the slower class 4 / (1 - 0.4 / 2), of the faster 4 - 0.4 * 5 / 2.
    const classes = [2, 1].map((rate) => ({ arrivalRate: 0.4, meanService: 1, serviceVariation: 1, rate }));
    expect(accumulatingPriority(classes)).toEqual([expect.closeTo(3, 12), expect.closeTo(5, 12)]);
  });

  test('agrees with a simulation of its own', () => {
    const classes = withRates(4, 2, 1);
    const runs = Array.from({ length: 12 }, (_, seed) => simulated(classes, seed));
    for (const [index, theory] of accumulatingPriority(classes).entries()) {
      const { mean, halfWidth } = interval(
        runs.map((waits) => waits[index] ?? Number.NaN),
        0.999,
      );
      expect(Math.abs(mean - theory)).toBeLessThanOrEqual(halfWidth);
      expect(halfWidth).toBeLessThan(0.2 * theory);
    }
  });

  test('has first come and strict priority as its limits, in whatever order the classes come', () => {
    const [firstCome = 0] = cobham([{ arrivalRate: 0.8, meanService: 1, serviceVariation: 1 }]);
    for (const wait of accumulatingPriority(withRates(7, 7, 7))) expect(wait).toBeCloseTo(firstCome, 12);
    const strict = accumulatingPriority(withRates(1e12, 1e6, 1));
    for (const [index, wait] of cobham(CLASSES).entries()) expect(strict[index]).toBeCloseTo(wait, 4);
    const reversed = accumulatingPriority(withRates(4, 2, 1).toReversed()).toReversed();
    expect(reversed).toEqual(
      accumulatingPriority(withRates(4, 2, 1)).map((wait) => expect.closeTo(wait, 12)),
    );
  });

  test('keeps the conservation law, and shortens the waits of faster classes', () => {
    const [firstCome = 0] = cobham([{ arrivalRate: 0.8, meanService: 1, serviceVariation: 1 }]);
    const waits = accumulatingPriority(withRates(5, 2, 1));
    const weighted = waits.reduce((sum, wait, index) => sum + wait * (CLASSES[index]?.arrivalRate ?? 0), 0);
    expect(weighted / 0.8).toBeCloseTo(firstCome, 10);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });

  test('with several agents, it has the limits of theirs, and that of one agent', () => {
    const rates = [1.5, 3, 4.5];
    const many = (ratio: number) =>
      accumulatingPriorityMultiServer(
        rates.map((arrivalRate, index) => ({ arrivalRate, rate: ratio ** -index })),
        10,
        1,
      );
    const { meanWait } = erlangC({ servers: 10, arrivalRate: 9, serviceRate: 1 });
    for (const wait of many(1)) expect(wait).toBeCloseTo(meanWait, 12);
    for (const [index, wait] of cobhamMultiServer(rates, 10, 1).entries())
      expect(many(1e7)[index]).toBeCloseTo(wait, 5);
    const one = accumulatingPriorityMultiServer(withRates(4, 2, 1), 1, 1);
    expect(one).toEqual(accumulatingPriority(withRates(4, 2, 1)).map((wait) => expect.closeTo(wait, 12)));
  });

  test('rejects a utilisation of 1 and a rate of 0', () => {
    expect(() =>
      accumulatingPriority(withRates(1, 1, 1).map((each) => ({ ...each, arrivalRate: 0.5 }))),
    ).toThrow(new RangeError('The utilisation is 1.5; it must be below 1.'));
    expect(() => accumulatingPriority(withRates(2, 0, 1))).toThrow(
      new RangeError('A rate is 0; it must be above 0.'),
    );
  });
});

describe('any distribution of patience', () => {
  const model = { servers: 10, arrivalRate: 12, serviceRate: 1 };

  test('with exponential patience it is Erlang A', () => {
    const figures = generalPatience({
      ...model,
      stillPatient: (time) => Math.exp(-2 * time),
      maxPatience: 12,
    });
    const expected = erlangA({ ...model, abandonmentRate: 2 });
    expect(figures.waitProbability).toBeCloseTo(expected.waitProbability, 6);
    expect(figures.abandonedShare).toBeCloseTo(expected.abandonedShare, 6);
    expect(figures.meanWait).toBeCloseTo(expected.meanWait, 6);
  });

  test('with one agent and constant patience, by hand', () => {
    // With load 1 the integral is 1 until the patience of 2 ends, and then that of an exponential tail: 2 + 1.
    const figures = generalPatience({
      servers: 1,
      arrivalRate: 1,
      serviceRate: 1,
      stillPatient: (time) => (time < 2 ? 1 : 0),
      maxPatience: 4,
    });
    expect(figures.waitProbability).toBeCloseTo(3 / 4, 4);
    expect(figures.abandonedShare).toBeCloseTo(1 / 4, 4);
    // The integral of x until 2, and 2 in the tail.
    expect(figures.meanWait).toBeCloseTo((2 + 2) / 4, 4);
  });
});
