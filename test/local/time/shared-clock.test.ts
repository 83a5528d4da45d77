import { describe, expect, test } from '@jest/globals';
import { ClockFactorError, SharedClock } from '../../../local/time/shared-clock.ts';

/** Real milliseconds between two looks at a clock, as an upper bound. */
function during<T>(work: () => T): { readonly result: T; readonly tookMs: number } {
  const before = process.hrtime.bigint();
  const result = work();
  return { result, tookMs: Number(process.hrtime.bigint() - before) / 1e6 };
}

describe('SharedClock', () => {
  test('begins at the real time, at factor 1', () => {
    const before = Date.now();
    const now = new SharedClock().now();
    expect(now).toBeGreaterThanOrEqual(before - 1);
    expect(now).toBeLessThanOrEqual(Date.now() + 1);
    expect(new SharedClock().factor).toBe(1);
  });

  test('never jumps when the factor changes, up or down', () => {
    const clock = new SharedClock();
    for (const [before, after] of [
      [1, 1_000],
      [1_000, 1],
      [1, 0.5],
      [0.5, 12],
    ] as const) {
      clock.setFactor(before);
      const { result, tookMs } = during(() => {
        const start = clock.now();
        clock.setFactor(after);
        return clock.now() - start;
      });
      expect(result).toBeGreaterThanOrEqual(0);
      expect(result).toBeLessThanOrEqual(tookMs * Math.max(before, after) + 1);
    }
  });

  test('never runs backwards through many changes, and ends with the last factor', () => {
    const clock = new SharedClock();
    const times = Array.from({ length: 100 }, (_, change) => {
      clock.setFactor(1 + (change % 7));
      return clock.now();
    });
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(clock.factor).toBe(1 + (99 % 7));
  });

  test('is one clock wherever its buffer is', () => {
    const here = new SharedClock();
    const there = new SharedClock(here.buffer);
    here.setFactor(1_000);
    expect(there.factor).toBe(1_000);
    const { result, tookMs } = during(() => there.now() - here.now());
    expect(Math.abs(result)).toBeLessThanOrEqual(tookMs * 1_000 + 1);
  });

  test.each([0, -1, Number.NaN, 1_001, Number.POSITIVE_INFINITY])(
    'refuses to run at a factor of %p',
    (factor) => {
      const clock = new SharedClock();
      expect(() => clock.setFactor(factor)).toThrow(
        new ClockFactorError(
          `The clock cannot run at a factor of ${factor}: it must be above 0 and at most 1000.`,
        ),
      );
      expect(clock.factor).toBe(1);
    },
  );
});
