import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Calendar } from '../../../lambda/domain/calendar/calendar.ts';
import { isOpen } from '../../../lambda/domain/calendar/open-hours.ts';
import { parseCalendar } from '../../../lambda/domain/calendar/parse.ts';
import { shortestWait } from '../../../lambda/domain/calendar/shortest-wait.ts';

const HALF_MS = 1_800_000;
const WEEK_HALVES = 336;
const HOUR = 3_600;
/** A Monday. */
const MONDAY = Date.parse('2026-11-23T00:00:00Z');

function calendar(...hours: string[]): Calendar {
  const parsed = parseCalendar({ timezone: 'UTC', hours }, []);
  if (!parsed.calendar) throw new TypeError(JSON.stringify(parsed.problems));
  return parsed.calendar;
}

/** The same by a search from each half hour of a week, in steps of half an hour. */
function naive(hours: Calendar, openHalves: number): number {
  const open = Array.from({ length: WEEK_HALVES }, (_, half) => isOpen(hours, MONDAY + half * HALF_MS));
  const waits = open.map((_, start) => {
    let [left, half] = [openHalves, start];
    for (; left > 0; half++) if (open[half % WEEK_HALVES]) left -= 1;
    return half - start;
  });
  return (Math.min(...waits) * HALF_MS) / 1_000;
}

describe('the shortest wait', () => {
  test.each<[hours: string[], openSeconds: number, seconds: number]>([
    [['Mon-Fri 09:00-18:00'], 4 * HOUR, 4 * HOUR],
    [['Mon-Fri 09:00-18:00'], 9 * HOUR, 9 * HOUR],
    [['Mon-Fri 09:00-18:00'], 10 * HOUR, 25 * HOUR],
    // From Monday on, over the weekend.
    [['Mon-Fri 09:00-18:00'], 46 * HOUR, (7 * 24 + 1) * HOUR],
    [['Mon-Fri 09:00-18:00'], 90 * HOUR, (11 * 24 + 9) * HOUR],
    [['Fri 20:00-04:00', 'Sat 04:00-06:00'], 10 * HOUR, 10 * HOUR],
    [['Sun 20:00-04:00', 'Mon 04:00-05:00'], 9 * HOUR, 9 * HOUR],
    [['Mon-Sun 00:00-24:00'], 30 * HOUR, 30 * HOUR],
    [['Mon 09:00-09:01'], 90, 7 * 24 * HOUR + 30],
    [['Mon 09:00-09:01'], 366 * 24 * HOUR, (366 * 24 * 60 - 1) * 7 * 24 * HOUR + 60],
    [['Mon 09:00-10:00'], 0, 0],
    // From Saturday on, over the Monday of the week after the next one.
    [['Mon 09:00-10:00', 'Sat 09:00-18:00'], 19.5 * HOUR, 9 * 24 * HOUR + 0.5 * HOUR],
  ])('in %j, for %d open seconds, is %d seconds', (hours, openSeconds, seconds) => {
    expect(shortestWait(calendar(...hours), openSeconds)).toBe(seconds);
  });

  test('is that of a search by half hours', () => {
    const time = fc.integer({ min: 0, max: 47 }).map((half) => {
      const hour = String(Math.floor(half / 2)).padStart(2, '0');
      return `${hour}:${half % 2 ? '30' : '00'}`;
    });
    const entry = fc
      .tuple(fc.constantFrom('Mon', 'Tue', 'Sat', 'Sun', 'Mon-Fri', 'Mon-Sun'), time, time)
      .filter(([, from, until]) => from !== until)
      .map(([days, from, until]) => `${days} ${from}-${until}`);
    fc.assert(
      fc.property(
        fc.array(entry, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 400 }),
        (entries, openHalves) => {
          const hours = calendar(...entries);
          expect(shortestWait(hours, (openHalves * HALF_MS) / 1_000)).toBe(naive(hours, openHalves));
        },
      ),
      { numRuns: 20 },
    );
  });
});
