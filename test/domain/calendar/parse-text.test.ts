import { describe, expect, test } from '@jest/globals';
import { parseCalendarText } from '../../../lambda/domain/calendar/parse-text.ts';

const TEXT = 'timezone: UTC\nhours: [Mon 08:00-18:00]\n';

test('a calendar that policies share has the name of its parameter', () => {
  const { calendar, problems } = parseCalendarText('support', TEXT);
  expect(problems).toEqual([]);
  expect(calendar).toEqual({
    name: 'support',
    timezone: 'UTC',
    week: [[{ fromMinute: 480, untilMinute: 1_080 }], [], [], [], [], [], []],
    except: new Set(),
  });
});

describe('the problems of a calendar that policies share', () => {
  test.each([
    ['support', 'a: [', ['1:5 syntax']],
    ['support', '', ['1:1 wrong-type']],
    ['support', 'timezone: UTC\nhours: [Mon]', ['2:9 during-hours']],
    ['Support', TEXT, ['1:1 calendar-name']],
    ['Support', 'timezone: UTC\nhours: []', ['1:1 calendar-name', '2:8 out-of-range']],
    ['support', `${TEXT}except: [!x 2026-12-25]`, ['3:13 yaml-tag']],
  ])('of the name %s and the text %j', (name, text, expected) => {
    const { calendar, problems } = parseCalendarText(name, text);
    expect(calendar).toBeUndefined();
    expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(expected);
  });

  test('say that an empty text is empty, and what a calendar is', () => {
    const [problem] = parseCalendarText('support', '# nothing\n').problems;
    expect(problem?.message).toMatch(/^This is empty; expected an object with timezone and hours, such as /);
  });
});
