import { describe, expect, test } from '@jest/globals';
import { parseRoster, rosterProfiles, unknownQueues } from '../../../sim/calibration/roster.ts';
import type { Profile } from '../../../sim/calibration/staff.ts';

const HEAD = 'day,from,to,queues,agents\n';
const STREAMS = [
  { tier: ['gold'], queueId: 'support', channel: 'VOICE' },
  { tier: ['gold'], queueId: 'billing', channel: 'CHAT' },
];
const SEEN: readonly Profile[] = [
  {
    queues: ['support'],
    channels: ['TASK', 'VOICE'],
    concurrency: new Map([['TASK', 2]]),
    agents: 3,
    atWork: [],
  },
];

describe('a roster', () => {
  test('has agents by half hour and profile, and rows of one profile add up', () => {
    const { rows, problems } = parseRoster(
      `\ufeff${HEAD}mon,08:00,09:00,support,3\r\nMon,08:30,09:00, support ,2\n\ntue,23:30,24:00,support  billing,1.5\n`,
    );
    expect(problems).toEqual([]);
    const [support, both, ...others] = rosterProfiles(rows, SEEN, STREAMS, true);
    expect(others).toStrictEqual([]);
    expect(support).toMatchObject({ queues: ['support'], channels: ['TASK', 'VOICE'], agents: 5 });
    expect(support?.concurrency).toBe(SEEN[0]?.concurrency);
    expect(support?.atWork.slice(15, 19)).toStrictEqual([0, 3, 5, 0]);
    expect(both).toMatchObject({ queues: ['billing', 'support'], channels: ['CHAT', 'VOICE'], agents: 1.5 });
    expect(both?.atWork.slice(48 + 46, 48 + 49)).toStrictEqual([0, 1.5, 0]);
  });

  test('days that it lacks say nothing of a recording that tells no days apart', () => {
    const { rows } = parseRoster(`${HEAD}mon,08:00,09:00,support,3`);
    const atWork = (isWeekly: boolean) => rosterProfiles(rows, SEEN, STREAMS, isWeekly)[0]?.atWork;
    expect([atWork(true)?.[48], atWork(false)?.[48]]).toStrictEqual([0, undefined]);
    expect([atWork(true)?.[16], atWork(false)?.[16]]).toStrictEqual([3, 3]);
  });

  test('names queues that no contact waited in', () => {
    const { rows } = parseRoster(`${HEAD}mon,08:00,09:00,support suport,3`);
    expect(unknownQueues(rows, STREAMS, SEEN)).toStrictEqual(['suport']);
  });

  test.each([
    ['', 'line 1: Found nothing; expected the columns day,from,to,queues,agents.'],
    ['day,queue\n', 'line 1: Found "day,queue"; expected the columns day,from,to,queues,agents.'],
    [HEAD, 'line 2: There is no row; expected some, such as mon,08:00,12:30,support billing,14.'],
    [
      `${HEAD}monday,08:00,09:00,support,3`,
      'line 2: Found the day "monday"; expected one of mon, tue, wed, thu, fri, sat, sun.',
    ],
    ...['09:00,08:00', '08:15,09:00', '08:00,24:30', '08:00,'].map((times) => [
      `${HEAD}mon,${times},support,3`,
      `line 2: Found ${times.replace(',', ' to ')}; expected two half hours of one day in order, such as 08:00 to 12:30.`,
    ]),
    [
      `${HEAD}mon,08:00,09:00,,3`,
      'line 2: Found no queue; expected the ids of queues with blanks between them.',
    ],
    [`${HEAD}mon,08:00,09:00,support,-1`, 'line 2: Found "-1" agents; expected a number from 0 on.'],
    [
      `${HEAD}mon,08:00,09:00,support`,
      'line 2: Found 4 columns; expected 5, such as mon,08:00,12:30,support billing,14.',
    ],
  ])('%j is a problem', (text, problem) => {
    expect(parseRoster(text ?? '')).toStrictEqual({ rows: [], problems: [problem] });
  });
});
