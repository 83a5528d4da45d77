import { expect, test } from '@jest/globals';
import { checkSeed } from '../../../scripts/fuzz/check.ts';

/** Milliseconds of processor time: those of the wall depend on what else this machine does. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

test('no pattern, event or policy makes the code throw, hang or accept invalid input', () => {
  const outcomes = Array.from({ length: 1_000 }, (_, seed) => checkSeed(seed, processorTime));
  const count = (kind: string, accepted: boolean) =>
    outcomes.filter((outcome) => outcome.kind === kind && outcome.accepted === accepted).length;
  // A run that accepts or rejects everything would test nothing.
  expect(count('pattern', true)).toBeGreaterThan(100);
  expect(count('pattern', false)).toBeGreaterThan(100);
  expect(count('policy', true)).toBeGreaterThan(25);
  expect(count('policy', false)).toBeGreaterThan(100);
  expect(outcomes.filter(({ matched }) => matched > 0).length).toBeGreaterThan(25);
});
