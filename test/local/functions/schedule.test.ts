import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { FunctionError } from '../../../local/functions/function-error.ts';
import { type Schedule, startSchedule } from '../../../local/functions/schedule.ts';
import { installClock, setClockFactor } from '../../../local/time/clock.ts';

const MINUTE = 60_000;

let uninstall: () => void;
let running: Schedule[];

beforeEach(() => {
  running = [];
  uninstall = installClock();
  setClockFactor(1_000);
});

afterEach(async () => {
  await Promise.all(running.map((schedule) => schedule.stop()));
  uninstall();
});

/** Invokes `run` each minute and records the times. */
function eachMinute(run: () => Promise<unknown> = async () => null) {
  const times: number[] = [];
  const schedule = startSchedule(
    {
      invoke() {
        times.push(Date.now());
        return run();
      },
    },
    MINUTE,
  );
  running.push(schedule);
  const reaches = async (count: number) => {
    while (times.length < count) await new Promise((resolve) => setTimeout(resolve, 1_000));
  };
  return { times, schedule, reaches };
}

test('a function is invoked once a minute, from a minute after the start', async () => {
  const startedAt = Date.now();
  const { times, reaches } = eachMinute();
  await reaches(3);
  const minutes = times.map((at) => Math.floor((at - startedAt) / MINUTE));
  expect(minutes[0]).toBeGreaterThanOrEqual(1);
  expect(new Set(minutes).size).toBe(minutes.length);
});

test('the schedule follows a clock that becomes faster', async () => {
  setClockFactor(1);
  const { times, reaches } = eachMinute();
  setClockFactor(1_000);
  await reaches(2);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(0);
});

test('a failed invocation does not end the schedule', async () => {
  const { times, reaches } = eachMinute(async () => {
    throw new FunctionError({ errorType: 'OwnError', errorMessage: 'no good', trace: [] });
  });
  await reaches(2);
  expect(times.length).toBeGreaterThanOrEqual(2);
});

test('invocations do not overlap; stopping waits for the running one, and none follows', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const slow = eachMinute(() => promise);
  const other = eachMinute();
  await slow.reaches(1);
  await other.reaches(4);
  expect(slow.times.length).toBe(1);
  let stopped = false;
  const stopping = slow.schedule.stop().then(() => {
    stopped = true;
  });
  await other.reaches(5);
  expect(stopped).toBe(false);
  resolve();
  await stopping;
  await other.reaches(8);
  expect(slow.times.length).toBe(1);
});
