import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  advanceClock,
  clockBuffer,
  installClock,
  realNow,
  setClockFactor,
} from '../../../local/time/clock.ts';

const RealDate = Date;
const realSetTimeout = setTimeout;
let uninstall: () => void;

beforeEach(() => {
  setClockFactor(1);
  uninstall = installClock();
});

afterEach(() => uninstall());

describe('an installed clock', () => {
  test('makes new Date() and Date.now() follow it, and does not change other dates', () => {
    setClockFactor(1_000);
    const before = Date.now();
    const date = new Date();
    expect(date.getTime()).toBeGreaterThanOrEqual(before);
    expect(date.getTime()).toBeLessThanOrEqual(Date.now());
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(new Date(2026, 10, 24, 12).getHours()).toBe(12);
    expect(new Date('2026-11-24T12:00:00Z').getTime()).toBe(Date.UTC(2026, 10, 24, 12));
    expect(Date.parse('1970-01-01T00:00:01Z')).toBe(1_000);
    expect(typeof Date()).toBe('string');
  });

  test('creates dates that are instances of the real Date, and vice versa', () => {
    expect(new Date()).toBeInstanceOf(RealDate);
    expect(new RealDate()).toBeInstanceOf(Date);
    class Moment extends Date {
      isMoment = true;
    }
    expect(new Moment()).toMatchObject({ isMoment: true });
    expect(new Moment()).toBeInstanceOf(Moment);
  });

  test('keeps clearTimeout, unref and refresh working', async () => {
    setClockFactor(1_000);
    const cleared = setTimeout(() => {
      throw new Error('It was cleared.');
    }, 1_000);
    clearTimeout(cleared);
    const quiet = setTimeout(() => {}, 60_000).unref();
    expect(quiet.hasRef()).toBe(false);
    expect(quiet.refresh()).toBe(quiet);
    await promisify(setTimeout)(10_000);
  });

  test('is removed by the function that installClock returns', () => {
    const before = { timeout: timers.setTimeout, promises: timersPromises.setTimeout };
    expect(Date).not.toBe(RealDate);
    uninstall();
    expect(Date).toBe(RealDate);
    expect(setTimeout).toBe(realSetTimeout);
    expect(timers.setTimeout).not.toBe(before.timeout);
    expect(timersPromises.setTimeout).not.toBe(before.promises);
  });

  test('does not scale twice when it is installed twice', () => {
    const scaled = Date;
    installClock();
    expect(Date).toBe(scaled);
  });
});

describe('at factor 1000', () => {
  test('every timer of another thread that shares the clock sleeps a minute in 60 ms', async () => {
    setClockFactor(1_000);
    const slept = await measureSleepsInThread();
    expect(slept.map(({ name, value }) => [name, value])).toEqual([
      ['setTimeout', 'value'],
      ['promisify(setTimeout)', 'value'],
      ['node:timers', 'value'],
      ['node:timers/promises', 'value'],
      ['node:timers/promises scheduler', 'value'],
      ['node:timers/promises setInterval', 'value'],
      ['setInterval', 'value'],
    ]);
    for (const { simulatedMs, realMs } of slept) {
      // Node.js may fire a timer up to one real millisecond early: one simulated second.
      expect(simulatedMs).toBeGreaterThanOrEqual(59_000);
      expect(realMs).toBeLessThan(30_000);
    }
  });

  test('an interval of 20 ms is not shortened below 5 real ms', async () => {
    setClockFactor(1_000);
    const before = realNow();
    await new Promise<void>((resolve) => {
      let ticks = 0;
      const timer = setInterval(() => {
        ticks += 1;
        if (ticks < 20) return;
        clearInterval(timer);
        resolve();
      }, 20);
    });
    // A timer may fire up to one millisecond early.
    expect(realNow() - before).toBeGreaterThanOrEqual(20 * 4);
  });
});

describe('timers that are set already', () => {
  test('follow the clock when it becomes faster, in this thread and in another one', async () => {
    const fired: string[] = [];
    const here = new Promise<void>((resolve) => setTimeout(resolve, 600_000));
    await inWaitingThread((message) => {
      if (message === 'set') setClockFactor(1_000);
      else fired.push(message);
      return fired.length === 4;
    });
    await here;
    expect(fired.toSorted()).toEqual([
      'node:timers/promises',
      'promisify(setTimeout)',
      'setInterval',
      'setTimeout',
    ]);
  });

  test('do not fire while time stands still, in this thread and in another one, and fire when it goes on', async () => {
    const fired: string[] = [];
    let isPaused = false;
    setClockFactor(1_000);
    const before = Date.now();
    const here = new Promise<void>((resolve) =>
      setTimeout(() => {
        fired.push(isPaused ? 'too early' : 'here');
        resolve();
      }, 600_000),
    );
    setClockFactor(0);
    isPaused = true;
    await inWaitingThread((message) => {
      if (message !== 'set') fired.push(isPaused ? 'too early' : 'there');
      // Longer than all that was set takes at the speed before the pause.
      else
        realSetTimeout(() => {
          isPaused = false;
          setClockFactor(1_000);
        }, 700);
      return fired.filter((name) => name === 'there').length === 4;
    });
    await here;
    expect(fired.toSorted()).toEqual(['here', 'there', 'there', 'there', 'there']);
    expect(Date.now() - before).toBeGreaterThanOrEqual(599_000);
  });

  test('can be cleared while time stands still, also by number', async () => {
    setClockFactor(0);
    const fail = () => {
      throw new Error('It was cleared.');
    };
    clearTimeout(setTimeout(fail, 1));
    clearTimeout(Number(setTimeout(fail, 1)));
    clearInterval(setInterval(fail, 1));
    const abort = new AbortController();
    const waiting = timersPromises.setTimeout(1, undefined, { signal: abort.signal });
    abort.abort('enough');
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError', code: 'ABORT_ERR', cause: 'enough' });
    setClockFactor(1_000);
    await promisify(setTimeout)(5_000);
  });

  test('of no delay fire while time stands still, as something to do next', async () => {
    setClockFactor(0);
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    await timersPromises.setTimeout();
  });
});

test('advancing the clock moves Date.now() and leaves timers alone', async () => {
  const fired = new Promise((resolve) => setTimeout(resolve, 20, 'fired'));
  const before = Date.now();
  const realBefore = realNow();
  advanceClock(60_000);
  const movedMs = Date.now() - before;
  expect(movedMs).toBeGreaterThanOrEqual(60_000);
  expect(movedMs).toBeLessThanOrEqual(60_001 + realNow() - realBefore);
  await expect(fired).resolves.toBe('fired');
});

interface SleepMeasurement {
  readonly name: string;
  readonly value: unknown;
  readonly simulatedMs: number;
  readonly realMs: number;
}

async function measureSleepsInThread(): Promise<SleepMeasurement[]> {
  const slept: SleepMeasurement[] = [];
  await new Promise<void>((resolve, reject) => {
    const thread = new Worker(new URL('../fixtures/clock-thread.ts', import.meta.url), {
      workerData: clockBuffer(),
    });
    thread.on('message', (message: SleepMeasurement) => slept.push(message));
    thread.on('error', reject);
    thread.on('exit', () => resolve());
  });
  return slept;
}

/** Runs a thread with timers of ten minutes until `onMessage` returns true. */
async function inWaitingThread(onMessage: (message: string) => boolean): Promise<void> {
  const thread = new Worker(new URL('../fixtures/waiting-thread.ts', import.meta.url), {
    workerData: clockBuffer(),
  });
  try {
    await new Promise<void>((resolve, reject) => {
      thread.on('error', reject);
      thread.on('message', (message: string) => {
        if (onMessage(message)) resolve();
      });
    });
  } finally {
    await thread.terminate();
  }
}
