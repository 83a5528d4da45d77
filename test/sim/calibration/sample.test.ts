import { expect, test } from '@jest/globals';
import { Sample } from '../../../sim/calibration/sample.ts';
import { seededRandom } from '../../../sim/random.ts';

function sampleOf(count: number, size: number, seed = 1): Sample<number> {
  const sample = new Sample<number>(size, seededRandom(seed));
  for (let value = 0; value < count; value += 1) sample.add(value);
  return sample;
}

test('a sample has all values while these are few', () => {
  const { values, seen } = sampleOf(5, 5);
  expect({ values, seen }).toStrictEqual({ values: [0, 1, 2, 3, 4], seen: 5 });
});

test('a sample of many has its size, each value at most once, and knows how many there were', () => {
  const { values, seen } = sampleOf(1_000, 50);
  expect(values).toHaveLength(50);
  expect(new Set(values).size).toBe(50);
  expect(seen).toBe(1_000);
});

test('each value is in it equally often, the last one as well as the first', () => {
  const counts = Array.from({ length: 20 }, () => 0);
  const samples = 4_000;
  for (let seed = 0; seed < samples; seed += 1) {
    for (const value of sampleOf(20, 5, seed).values) counts[value] = (counts[value] ?? 0) + 1;
  }
  // 1,000 times each; the standard deviation is 27.
  for (const count of counts) {
    expect(count).toBeGreaterThan(880);
    expect(count).toBeLessThan(1_120);
  }
});

test('the same values give the same sample', () => {
  expect(sampleOf(1_000, 50).values).toStrictEqual(sampleOf(1_000, 50).values);
});
