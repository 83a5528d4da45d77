import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const CALENDAR: readonly ListedMutant[] = [
  ...inFile('lambda/domain/calendar/open-hours.ts', {
    nextTransition: {
      'transition <= localTime => transition < localTime': 'Now the state is the present one.',
    },
    hoursOnDay: {
      'week[(((day + 3) % 7) + 7) % 7] ?? [] => week[(((day + 3) % 7) + 7) % 7]': 'A week has seven days.',
    },
    transitionMinutes: {
      'minute >= 0 && minute < DAY_MINUTES => minute < DAY_MINUTES':
        'What is before the day was looked at with the day before it.',
    },
    lookaheadEnd: {
      'day > lastException => day >= lastException': 'The same day is put in its own place.',
    },
  }),
  ...inFile('lambda/domain/calendar/parse-date.ts', {
    readings: {
      '0 => 1': 'The expression finds three numbers or none.',
      '0 => 1 (2)': 'The expression finds three numbers or none.',
    },
    monthOf: {
      'index < 0 => false': 'No date is in the month 0.',
    },
  }),
  ...inFile('lambda/domain/calendar/parse-entry.ts', {
    parseMatch: {
      'hours && weekdays.map((weekday) => ({ weekday, hours })) => weekdays.map((weekday) => ({ weekday, hours }))':
        'Where the hours have a problem, nobody uses the days.',
    },
    parseDays: {
      'first === undefined => false': 'Where a day has a problem, nobody uses the days.',
    },
    parseTimes: {
      'fromMinute !== undefined && fromMinute < DAY_MINUTES => fromMinute < DAY_MINUTES':
        'A comparison with undefined is false.',
      '!isValidStart || untilMinute === undefined => !isValidStart':
        'Where a time has a problem, nobody uses the hours.',
      '!isValidStart || untilMinute === undefined => untilMinute === undefined':
        'Where a time has a problem, nobody uses the hours.',
      'untilMinute > fromMinute => untilMinute >= fromMinute': 'Equal times were refused before.',
    },
    parseMinute: {
      '0 => 1': 'The expression finds two numbers.',
      '0 => 1 (2)': 'The expression finds two numbers.',
    },
  }),
  ...inFile('lambda/domain/calendar/parse-text.ts', {
    parseCalendarText: {
      'calendar && all.length === 0 => all.length === 0': 'Without a calendar there is a problem.',
    },
  }),
  ...inFile('lambda/domain/calendar/parse.ts', {
    parseCalendar: {
      'timezone === undefined || problems.length > 0 => problems.length > 0':
        'Without a time zone there is a problem.',
    },
    parseTexts: {
      'kind.parse(text, at, problems) ?? [] => kind.parse(text, at, problems)':
        'Where an entry has a problem, nobody uses the entries.',
    },
  }),
  ...inFile('lambda/domain/calendar/time-zone.ts', {
    findSpans: {
      'offset === offsetAfter => false': 'Without a change, the second span has no time in it.',
      'Math.floor((before + after) / 2_000) => Math.ceil((before + after) / 2_000)':
        'Either second lies between the two.',
    },
  }),
];
