import type { PlaybackAct, PlaybackState } from '../../cli/watch/playback/playback.ts';
import type { Playback } from '../playback/playback.ts';

/** Ctrl-C and Ctrl-D come as keys. */
const END_KEYS = ['q', '\u0003', '\u0004'];

/** What a key does to a run. @param end - ends the process. */
export function pressKey(key: string, playback: Pick<Playback, 'act' | 'state'>, end: () => void): void {
  if (END_KEYS.includes(key)) end();
  const act = actOf(key, playback.state);
  if (act) playback.act({ act });
}

function actOf(
  key: string,
  { phase, isPaused }: Pick<PlaybackState, 'phase' | 'isPaused'>,
): PlaybackAct['act'] | undefined {
  switch (key) {
    case '\r':
    case '\n':
      return 'begin';
    case ' ':
      if (phase !== 'running') return 'begin';
      return isPaused ? 'resume' : 'pause';
    case '+':
    case '=':
      return 'faster';
    case '-':
      return 'slower';
    case 'r':
      return 'again';
  }
  return undefined;
}
