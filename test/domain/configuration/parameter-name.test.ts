import { describe, expect, test } from '@jest/globals';
import {
  deletedCalendarProblem,
  isMeantAsPause,
  isMisnamedPause,
  isOfFamily,
  nameProblem,
} from '../../../lambda/domain/configuration/parameter-name.ts';

describe('a name below the prefix', () => {
  test.each(['settings', 'pause', 'policies/a', 'calendars/a', 'conditions/a'])('%s is read', (name) => {
    expect(nameProblem(name)).toBeUndefined();
    expect(isOfFamily(name)).toBe(name.includes('/'));
  });

  test.each([
    ['Settings', 'settings'],
    ['setting', 'settings'],
    ['settings.json', 'settings'],
    ['paused', 'pause'],
    ['pasue', 'pause'],
    ['policy/gold', 'policies/gold'],
    ['policy/Team/Gold', 'policies/team-gold'],
    ['policies', 'policies/<name>'],
    ['Calendar/office', 'calendars/office'],
    ['calendars', 'calendars/<name>'],
    ['condition/busy', 'conditions/busy'],
    ['condtions/busy', 'conditions/busy'],
  ])('%s is meant as %s', (name, meant) => {
    expect(nameProblem(name)).toEqual({
      code: 'unknown-parameter',
      path: [],
      message: `No parameter of the name "${name}" is read. Write "${meant}" below the prefix, and delete this one.`,
      line: 1,
      column: 1,
    });
  });

  test.each(['database/password', 'constructor', 'toString/a', ''])('%j belongs to somebody else', (name) => {
    expect(nameProblem(name)).toBeUndefined();
  });

  test.each([
    ['pause', true, false],
    ['PAUSE', true, false],
    ['Pause/reason', true, false],
    ['paused', false, true],
    ['pasue', false, true],
    ['settings', false, false],
    ['policies/pause', false, false],
  ])('%s pauses: %s, and is nearly the kill switch: %s', (name, pauses, isNearly) => {
    expect([isMeantAsPause(name), isMisnamedPause(name)]).toEqual([pauses, isNearly]);
  });
});

test('a deleted calendar that policies name stays in force, and they are named', () => {
  const problem = (...policies: string[]) => deletedCalendarProblem('calendars/office', policies);
  const message = (...policies: string[]) => problem(...policies).message;
  expect(problem('a')).toEqual({
    code: 'calendar-in-use',
    path: [],
    message: expect.stringContaining('calendars/office'),
    line: 1,
    column: 1,
  });
  expect(message('a', 'b')).toBe(
    'The parameter "calendars/office" was deleted, and policies name it: a, b. It stays in force. Write it again, or ' +
      'change these policies.',
  );
  expect(message('a', 'b', 'c', 'd', 'e')).toContain('name it: a, b, c, d, e. It');
  expect(message('a', 'b', 'c', 'd', 'e', 'f')).toContain('name it: a, b, c, d, e, …. It');
});
