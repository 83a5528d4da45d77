import { inFile, type ListedMutant } from '../listed-mutant.ts';

const CACHE =
  'The cache changes only how long an answer takes and how much memory it keeps; no test measures either.';

/** Of the readers of documents, calendars, conditions and routes. */
export const DOMAIN_TEXTS: readonly ListedMutant[] = [
  ...inFile('lambda/domain/calendar/open-hours.ts', {
    nextTransition: {
      'transition <= localTime || isOpenAtLocalTime(calendar, transition) === isOpenNow => transition <= localTime':
        'It saves a look at the time zone: what follows asks again whether the state changes.',
    },
  }),
  ...inFile('lambda/domain/calendar/time-zone.ts', {
    zoneOf: {
      '!zone => true': CACHE,
      'drop ZONES.set(timezone, zone);': CACHE,
    },
    spansOn: {
      '!spans => true': CACHE,
      'zone.spansByDay.size >= MAX_CACHED_DAYS => true': CACHE,
      'zone.spansByDay.size >= MAX_CACHED_DAYS => false': CACHE,
      'zone.spansByDay.size >= MAX_CACHED_DAYS => zone.spansByDay.size > MAX_CACHED_DAYS': CACHE,
      'drop zone.spansByDay.clear();': CACHE,
      'drop zone.spansByDay.set(day, spans);': CACHE,
    },
  }),
  ...inFile('lambda/domain/policy/route/parse.ts', {
    locateInStep: {
      '1 => 0': 'Every problem that is known stands in a part that has a column of its own.',
      '(node as Record<string | number, unknown> | undefined)?.[key] => (node as Record<string | number, unknown> | undefined)[key]':
        'A parsed step has every member, so that no problem that is known lies below a missing one.',
    },
  }),
  ...inFile('lambda/domain/policy/route/put-in.ts', {
    firstUnfit: {
      '1 => 0': 'Where a fault lies in none of several strings, any of them may be named.',
    },
  }),
  ...inFile('lambda/domain/validation/document.ts', {
    oddSpaceHint: {
      '1 => 0':
        'The parser finds a fault at the end of a line only where a key without a text stands there again.',
    },
  }),
];
