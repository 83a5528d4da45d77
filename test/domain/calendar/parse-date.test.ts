import { describe, expect, test } from '@jest/globals';
import { parseDate, suggestDate } from '../../../lambda/domain/calendar/parse-date.ts';
import type { Problem } from '../../../lambda/domain/validation/problem.ts';

/** How months are written in English, German and French, in their order. */
const MONTHS = [
  'January Jan Januar janvier',
  'February Feb Februar février',
  'March Mar März mars',
  'April Apr avril',
  'May Mai mai',
  'June Jun Juni juin',
  'July Jul Juli juillet',
  'August Aug août',
  'September Sep Sept septembre',
  'October Oct Oktober octobre',
  'November Nov novembre',
  'December Dec Dezember décembre',
];

test.each(MONTHS.map((names, index) => [index + 1, names] as const))(
  'the month %d may be written as %s',
  (month, names) => {
    const date = `2027-${String(month).padStart(2, '0')}-07`;
    for (const name of names.split(' ')) {
      expect([name, suggestDate(`7 ${name} 2027`)]).toEqual([name, date]);
      expect([name, suggestDate(`${name} 7, 2027`)]).toEqual([name, date]);
    }
  },
);

describe('the date that is meant', () => {
  test.each<[value: unknown, date: string | undefined]>([
    [' 2027-02-03 ', '2027-02-03'],
    ['2027-2-3', '2027-02-03'],
    ['2027.02.03', '2027-02-03'],
    ['2027-02-03 00:00', '2027-02-03'],
    ['2027-02-03T00:00:00.000Z', '2027-02-03'],
    ['2027-02-03T12:00', undefined],
    ['20270203', '2027-02-03'],
    [20270203, '2027-02-03'],
    ['3. 2. 2027', '2027-02-03'],
    ['13-2-2027', '2027-02-13'],
    ['2-13-2027', '2027-02-13'],
    ['3/3/2027', '2027-03-03'],
    ['2/3/2027', undefined],
    ['31.02.2027', undefined],
    ['1st of May 2027', '2027-05-01'],
    ['2nd May 2027', '2027-05-02'],
    ['3rd May 2027', '2027-05-03'],
    ['4th May 2027', '2027-05-04'],
    ['4. Mai 2027', '2027-05-04'],
    ['4 May', undefined],
    ['4 Foo 2027', undefined],
    ['+012345-12', undefined],
    ['Easter', undefined],
    [true, undefined],
    [['2027-02-03'], undefined],
    [null, undefined],
  ])('by %j is %s', (value, date) => {
    expect(suggestDate(value)).toBe(date);
  });
});

describe('a text that is no date', () => {
  const messageOf = (text: string) => {
    const problems: Problem[] = [];
    expect(parseDate(text, ['except', 0], problems)).toBeUndefined();
    return problems.map(({ code, path, message }) => [code, path.join('.'), message.split('YYYY-MM-DD.')[1]]);
  };
  const EACH_DATE = ' Write each date as an entry of its own.';
  const EACH_YEAR = ' A date needs its year: write an entry for each year.';

  test.each([
    ['2026-12-24, 2026-12-26', EACH_DATE],
    ['2026-12-24 - 2026-12-26', EACH_DATE],
    ['2026-12-24 bis 2026-12-26', EACH_DATE],
    ['24.12.2026–26.12.2026', EACH_DATE],
    ['24.12.', EACH_YEAR],
    ['24 - 12', EACH_YEAR],
    [' 24. Dezember ', EACH_YEAR],
    ['Dec. 24', EACH_YEAR],
    ['Easter', ''],
    ['2026-12', ''],
    ['+012345-12', ''],
  ])('%j has the advice %j', (text, advice) => {
    expect(messageOf(text)).toEqual([['during-date', 'except.0', advice]]);
  });
});

test.each([
  ['1970-01-01', 0],
  ['1970-01-02', 1],
  ['1969-12-31', -1],
  ['2028-02-29', 21_243],
])('%s is the day %d', (text, day) => {
  expect(parseDate(text, [], [])).toBe(day);
});
