import { inFile, type ListedMutant } from '../listed-mutant.ts';

const BETWEEN = 'Connect writes 1970 or a time of these years: no time lies near the limit.';

export const CONTACT: readonly ListedMutant[] = [
  ...inFile('lambda/domain/contact/parse-event.ts', {
    '(module)': {
      '0 => 1': BETWEEN,
      '1 => 0': BETWEEN,
    },
    time: {
      'at >= EARLIEST_SET_TIME => at > EARLIEST_SET_TIME': BETWEEN,
    },
  }),
  ...inFile('lambda/domain/contact/pauses.ts', {
    whenClockShows: {
      'at - start <= MAX_CLOCK_MS => at - start < MAX_CLOCK_MS':
        'No contact waits for 400 days, and none for exactly that time.',
    },
  }),
];
