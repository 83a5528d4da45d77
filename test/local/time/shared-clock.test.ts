import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from '@jest/globals';
import { ClockFactorError, realNow, SharedClock } from '../../../local/time/shared-clock.ts';

/** Runs a function and measures its duration in real milliseconds. */
function measure<T>(run: () => T): { readonly result: T; readonly durationMs: number } {
  const before = process.hrtime.bigint();
  const result = run();
  return { result, durationMs: Number(process.hrtime.bigint() - before) / 1e6 };
}

describe('SharedClock', () => {
  test('starts at the real time, at factor 1', () => {
    const before = realNow();
    const now = new SharedClock().now();
    expect(now).toBeGreaterThanOrEqual(before - 1);
    expect(now).toBeLessThanOrEqual(realNow() + 1);
    expect(new SharedClock().factor).toBe(1);
  });

  test('never jumps when the factor changes, up or down', () => {
    const clock = new SharedClock();
    for (const [before, after] of [
      [1, 1_000],
      [1_000, 1],
      [1, 0.5],
      [0.5, 12],
      [12, 0],
      [0, 12],
    ] as const) {
      clock.setFactor(before);
      const { result, durationMs } = measure(() => {
        const start = clock.now();
        clock.setFactor(after);
        return clock.now() - start;
      });
      expect(result).toBeGreaterThanOrEqual(0);
      expect(result).toBeLessThanOrEqual(durationMs * Math.max(before, after) + 1);
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

  test('never runs backwards for another thread that reads it while it is slowed down', async () => {
    const clock = new SharedClock();
    const stop = new SharedArrayBuffer(4);
    const thread = new Worker(new URL('../fixtures/reading-thread.ts', import.meta.url), {
      workerData: { clock: clock.buffer, stop },
    });
    await once(thread, 'message');
    for (let change = 0; change < 20_000; change += 1) clock.setFactor(change % 2 === 0 ? 1_000 : 0);
    const last = once(thread, 'message');
    Atomics.store(new Int32Array(stop), 0, 1);
    const [{ backwardsMs, readings }] = await last;
    expect(readings).toBeGreaterThan(0);
    expect(backwardsMs).toBe(0);
  });

  test('advances by the given duration and continues at the same factor', () => {
    const clock = new SharedClock();
    clock.setFactor(2);
    const { result, durationMs } = measure(() => {
      const start = clock.now();
      clock.advance(60_000);
      return clock.now() - start;
    });
    expect(result).toBeGreaterThanOrEqual(60_000);
    expect(result).toBeLessThanOrEqual(60_000 + durationMs * 2 + 1);
    expect(clock.factor).toBe(2);
  });

  test('stands still at factor 0, and goes on from there', () => {
    const clock = new SharedClock();
    clock.setFactor(0);
    const [stood, ran] = [clock.now(), clock.ran()];
    const end = process.hrtime.bigint() + 5_000_000n;
    while (process.hrtime.bigint() < end) expect(clock.now()).toBe(stood);
    expect([clock.now(), clock.ran()]).toEqual([stood, ran]);
    clock.setFactor(1_000);
    while (clock.now() < stood + 1_000) Math.random();
    expect(clock.ran()).toBeGreaterThanOrEqual(ran + 1);
  });

  test('counts what has elapsed without what it was advanced by', () => {
    const clock = new SharedClock();
    clock.setFactor(0);
    const [now, elapsed] = [clock.now(), clock.elapsed()];
    clock.advance(60_000);
    expect([clock.now(), clock.elapsed()]).toEqual([now + 60_000, elapsed]);
  });

  test('says in every thread that it has changed, also what changed before anybody asked', async () => {
    const here = new SharedClock();
    const there = new SharedClock(here.buffer);
    const { version } = there;
    const change = there.changed(version);
    here.setFactor(2);
    await change;
    await there.changed(version);
    expect(there.version).not.toBe(version);
  });

  test.each([-1, Number.NaN])('does not advance by %p ms', (durationMs) => {
    const clock = new SharedClock();
    expect(() => clock.advance(durationMs)).toThrow(
      new RangeError(`The clock cannot advance by ${durationMs} ms.`),
    );
  });

  test('is one clock in every thread that has its buffer', () => {
    const here = new SharedClock();
    const there = new SharedClock(here.buffer);
    here.setFactor(1_000);
    expect(there.factor).toBe(1_000);
    const { result, durationMs } = measure(() => there.now() - here.now());
    expect(Math.abs(result)).toBeLessThanOrEqual(durationMs * 1_000 + 1);
  });

  test.each([-1, Number.NaN, 1_001, Number.POSITIVE_INFINITY])('rejects a factor of %p', (factor) => {
    const clock = new SharedClock();
    expect(() => clock.setFactor(factor)).toThrow(
      new ClockFactorError(`The clock cannot run at a factor of ${factor}: it must be from 0 to 1000.`),
    );
    expect(clock.factor).toBe(1);
  });
});
