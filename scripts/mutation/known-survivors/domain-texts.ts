import { inFile, type ListedMutant } from '../listed-mutant.ts';

/** Of the readers of documents, calendars, conditions and routes. */
export const DOMAIN_TEXTS: readonly ListedMutant[] = [
  ...inFile('lambda/domain/calendar/open-hours.ts', {
    nextTransition: {
      'transition <= localTime || isOpenAtLocalTime(calendar, transition) === isOpenNow => transition <= localTime':
        'It saves a look at the time zone: what follows asks again whether the state changes.',
    },
  }),
  ...inFile('lambda/domain/validation/document.ts', {
    oddSpaceHint: {
      '1 => 0':
        'The parser finds a fault at the end of a line only where a key without a text stands there again.',
    },
  }),
];
