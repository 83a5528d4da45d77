import { describe, expect, test } from '@jest/globals';
import { judge, type MachinePerformance } from '../../../local/demo/judge.ts';

const check = (violations: number, dependsOnSpeed: boolean) => ({
  objective: 'some objective',
  violations,
  dependsOnSpeed,
  examples: [],
});
const KEPT = [check(0, true), check(0, false)];
const LATE = [check(3, true), check(0, false)];
const WRONG = [check(3, true), check(1, false)];
const IDLE: MachinePerformance = {
  maxEventLoopDelayMs: 20,
  startDelaysMs: [1, 2],
  latenciesMs: [30, 40],
  isIdle: true,
};
const STALLED = { ...IDLE, maxEventLoopDelayMs: 400 };

describe('the demo', () => {
  test.each([
    ['succeeds when every objective is met', KEPT, IDLE, 'success'],
    ['succeeds so on a slow machine, too', KEPT, STALLED, 'success'],
    ['fails when a machine that kept up missed one', LATE, IDLE, 'objective-missed'],
    ['cannot be judged after a stall', LATE, STALLED, 'too-slow'],
    [
      'cannot be judged when its own contacts start late',
      LATE,
      { ...IDLE, startDelaysMs: [150, 200] },
      'too-slow',
    ],
    [
      'cannot be judged under a load that slows each update',
      LATE,
      { ...IDLE, latenciesMs: [250] },
      'too-slow',
    ],
    ['cannot be judged when work was left at its end', LATE, { ...IDLE, isIdle: false }, 'too-slow'],
    ['fails for a call that was not due, however slow the machine', WRONG, STALLED, 'objective-missed'],
  ] as const)('%s', (_name, checks, machine, kind) => {
    expect(judge(checks, machine, 12).kind).toBe(kind);
  });

  test('says why it cannot be judged, and suggests a lower speed', () => {
    expect(judge(LATE, { ...STALLED, latenciesMs: [250], isIdle: false }, 12)).toEqual({
      kind: 'too-slow',
      reasons: [
        'the event loop was delayed by up to 400 ms; the objectives allow 100 ms',
        'an update took 250 ms (p95) with no other contact waiting; at this speed 208 ms are allowed',
        'the system was still at work 60 s after the end of the demo',
      ],
      advice: 'Run the demo again with --speed 4, or with less load on the machine.',
    });
  });

  test('allows an update more time at a lower speed, and suggests no speed below 1', () => {
    expect(judge(LATE, { ...IDLE, latenciesMs: [250] }, 4).kind).toBe('objective-missed');
    expect(judge(LATE, STALLED, 1)).toMatchObject({
      advice: 'Run the demo again with less load on the machine.',
    });
  });
});
