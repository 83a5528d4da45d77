import { describe, expect, test } from '@jest/globals';
import {
  entryRemedy,
  normalizeDays,
  normalizeEntry,
} from '../../../lambda/domain/calendar/other-notations.ts';

/** The words that people write for days, in English, German and French. */
const DAYS: Readonly<Record<string, string>> = {
  Mon: 'Mo Monday Montag montags lun Lundi Mon. MONDAY',
  Tue: 'Tu Tues Tuesday Di Dienstag dienstags mar Mardi Tues.',
  Wed: 'We Weds Wednesday Mi Mittwoch mittwochs mer mercredi',
  Thu: 'Th Thur Thurs Thursday Do Donnerstag donnerstags jeu jeudi',
  Fri: 'Fr Friday Freitag freitags ven vendredi',
  Sat: 'Sa Saturday Samstag samstags Sonnabend sam samedi',
  Sun: 'Su Sunday So Sonntag sonntags dim dimanche So.',
  'Mon-Fri': 'weekday weekdays workdays werktags wochentags',
  'Sat,Sun': 'weekend weekends Wochenende',
  daily: 'everyday täglich tgl tgl.',
};

test.each(
  Object.entries(DAYS).flatMap(([day, words]) => words.split(' ').map((word) => [word, day] as const)),
)('the day %s is %s', (word, day) => {
  expect(normalizeDays(word)).toBe(day);
});

test.each([
  ['every day', 'daily'],
  ['Tous les jours', 'daily'],
  ['Mondy', 'Mon'],
  ['holidays', 'holidays'],
  ['Lunch', 'Lunch'],
])('the days %s are %s', (words, days) => {
  expect(normalizeDays(words)).toBe(days);
});

describe('an entry in another notation', () => {
  test.each([
    [' weekdays 9-17 ', 'Mon-Fri 09:00-17:00'],
    ['Mon-Fri: 9-17', 'Mon-Fri 09:00-17:00'],
    ['9-17', 'daily 09:00-17:00'],
    ['Mon; Tue + Wed & Thu/Fri 8-9', 'Mon,Tue,Wed,Thu,Fri 08:00-09:00'],
    ['Mon und Di et mer 8-9', 'Mon,Tue,Wed 08:00-09:00'],
    ['daily 12am-12pm', 'daily 00:00-12:00'],
    ['daily 12:30 am - 12.15 p.m.', 'daily 00:30-12:15'],
    ['daily 1 PM to 11:59pm', 'daily 13:00-23:59'],
    ['daily noon until midnight', 'daily 12:00-24:00'],
    ['daily 7h30 - 19 h', 'daily 07:30-19:00'],
    ['daily 930-1745', 'daily 09:30-17:45'],
    ['daily 8 hrs - 9 hr', 'daily 08:00-09:00'],
    ['always', 'daily 00:00-24:00'],
    ['24x7', 'daily 00:00-24:00'],
    ['rund um die Uhr', 'daily 00:00-24:00'],
  ])('%j is %s', (text, entry) => {
    expect(normalizeEntry(text)).toBe(entry);
  });
});

describe('an entry', () => {
  const SEVERAL = ' Write each range of hours as an entry of its own.';
  const NONE = ' Leave out days without hours, and write single dates to except.';
  test.each([
    ['Mon 8-12, 13-18', SEVERAL],
    ['Mon 8 to 12 and 13 to 18', SEVERAL],
    ['Mon 8–12 und 13–18', SEVERAL],
    ['Sun closed', NONE],
    ['Sonntag geschlossen', NONE],
    ['dimanche fermé', NONE],
    ['Mon off', NONE],
    ['Mon 8-12', ''],
    ['office hours', ''],
  ])('%j has the remedy %j', (text, remedy) => {
    expect(entryRemedy(text)).toBe(remedy);
  });
});
