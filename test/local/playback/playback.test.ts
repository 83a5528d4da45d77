import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Playback } from '../../../local/playback/playback.ts';
import { clockFactor, installClock, setClockFactor } from '../../../local/time/clock.ts';

let uninstall: () => void;
let playback: Playback;

beforeEach(() => {
  uninstall = installClock();
  setClockFactor(1);
  playback = new Playback({ speed: 4, seed: 7, durationMs: 600_000 });
});
afterEach(() => {
  setClockFactor(1);
  uninstall();
});

const act = (...acts: Parameters<Playback['act']>[0]['act'][]) => {
  for (const one of acts) playback.act({ act: one });
};

describe('a run of the demo', () => {
  test('sets the clock while it runs, and leaves it to real time before and afterwards', () => {
    const factors = [clockFactor()];
    playback.ready();
    factors.push(clockFactor());
    playback.start();
    factors.push(clockFactor());
    act('pause');
    factors.push(clockFactor());
    act('faster');
    factors.push(clockFactor());
    act('resume');
    factors.push(clockFactor());
    playback.finish();
    factors.push(clockFactor());
    expect(factors).toEqual([1, 1, 4, 0, 0, 8, 1]);
  });

  test('lets time stand still while it is paused', () => {
    playback.start();
    act('pause');
    const { at } = playback.state;
    expect(playback.state).toMatchObject({ phase: 'running', isPaused: true, factor: 0, speed: 4 });
    const end = process.hrtime.bigint() + 3_000_000n;
    while (process.hrtime.bigint() < end) expect(Date.now()).toBe(at);
    act('resume');
    while (Date.now() === at) expect(playback.state.isPaused).toBe(false);
  });

  test('goes from one speed to the next, and no further; the fastest counts for the verdict', () => {
    playback.start();
    act('faster', 'faster', 'faster', 'faster');
    expect(playback.state.speed).toBe(12);
    act('slower', 'slower', 'slower', 'slower', 'slower', 'slower', 'slower');
    expect([playback.state.speed, clockFactor(), playback.fastest]).toEqual([0.5, 0.5, 12]);
  });

  test('comes from a speed that is none of its own to those beside it', () => {
    playback = new Playback({ speed: 20, seed: 7, durationMs: 600_000 });
    act('faster');
    expect(playback.state.speed).toBe(20);
    act('slower');
    expect(playback.state.speed).toBe(12);
  });

  test('is begun by the first page, or by a key', async () => {
    playback.opened();
    playback.opened();
    await playback.begun;
    expect(playback.pages).toBe(2);
    playback = new Playback({ speed: 4, seed: 7, durationMs: 600_000 });
    act('begin');
    await playback.begun;
    expect(playback.pages).toBe(0);
  });

  test('makes way for another one, with the same seed and the speed of now, once it has begun', async () => {
    act('again');
    playback.ready();
    act('again');
    expect(playback.state.phase).toBe('waiting');
    playback.start();
    act('faster', 'pause', 'again');
    expect(await playback.next).toEqual({ seed: 7, speed: 8 });
    expect(playback.state).toMatchObject({ phase: 'setting-up', isPaused: false, factor: 1 });
  });

  test('makes way for one with another seed after its end', async () => {
    playback.start();
    playback.finish();
    playback.act({ act: 'again', seed: 8 });
    expect(await playback.next).toEqual({ seed: 8, speed: 4 });
  });

  test('says each change, with what came of it at the end', () => {
    const seen: unknown[] = [];
    playback.onChange(() =>
      seen.push([playback.state.phase, playback.state.isPaused, playback.state.report?.text]),
    );
    playback.ready();
    const startedAt = playback.start();
    expect(playback.state.startedAt).toBe(startedAt);
    act('pause', 'resume');
    playback.finish();
    playback.conclude({ verdict: 'success', text: 'all met' });
    expect(seen).toEqual([
      ['waiting', false, undefined],
      ['running', false, undefined],
      ['running', true, undefined],
      ['running', false, undefined],
      ['ended', false, undefined],
      ['ended', false, 'all met'],
    ]);
  });
});
