import { describe, expect, test } from '@jest/globals';
import type { PlaybackAct } from '../../../cli/watch/playback/playback.ts';
import { pressKey } from '../../../local/cli/keys.ts';
import { Playback } from '../../../local/playback/playback.ts';

/** What a key did to a run. */
function effectOf(key: string, prepare: (playback: Playback) => void = () => {}): string[] {
  const playback = new Playback({ speed: 4, seed: 1, durationMs: 600_000 });
  prepare(playback);
  const effects: string[] = [];
  const { state } = playback;
  pressKey(key, { state, act: ({ act }: PlaybackAct) => effects.push(act) }, () => effects.push('end'));
  playback.finish();
  return effects;
}

describe('a key in the terminal', () => {
  test.each([
    ['\r', ['begin']],
    ['\n', ['begin']],
    [' ', ['begin']],
    ['+', ['faster']],
    ['=', ['faster']],
    ['-', ['slower']],
    ['r', ['again']],
    ['q', ['end']],
    ['\u0003', ['end']],
    ['\u0004', ['end']],
    ['x', []],
  ])('%j', (key, effects) => {
    expect(effectOf(key)).toEqual(effects);
  });

  test('space pauses a run, and lets it go on', () => {
    expect(effectOf(' ', (playback) => playback.start())).toEqual(['pause']);
    expect(
      effectOf(' ', (playback) => {
        playback.start();
        playback.act({ act: 'pause' });
      }),
    ).toEqual(['resume']);
  });
});
