import type { PlaybackReport } from '../../cli/watch/playback/playback.ts';

/** The exit codes of `npm start` by what came of the demo; 2 is a usage error. */
export const EXIT_CODES: Readonly<Record<PlaybackReport['verdict'], number>> = {
  success: 0,
  'objective-missed': 1,
  'too-slow': 3,
};
