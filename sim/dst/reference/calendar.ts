/*
 * Calendars, minute by minute. The reference knows hours such as `Mon-Fri 08:00-18:00` and `daily 22:00-06:00`, in time
 * zones that never change their clocks. Anything else is an error of the reference.
 */

/** A calendar as its author writes it. */
export interface CalendarSource {
  readonly timezone: string;
  readonly hours: readonly string[];
  /** ISO dates whose hours do not count. */
  readonly except?: readonly string[];
}

export type CalendarSources = Readonly<Record<string, CalendarSource>>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_MINUTES = 1_440;

/** Minutes by which local clocks are ahead of UTC. */
const OFFSETS: Readonly<Record<string, number>> = { UTC: 0, 'Asia/Kolkata': 330, 'America/Phoenix': -420 };

/** What is open in each minute, by calendar: a clock asks again and again. */
const known = new WeakMap<CalendarSource, Map<number, boolean>>();

export function isOpen(calendar: CalendarSource | string, at: number): boolean {
  if (typeof calendar === 'string') throw new TypeError(`The calendar ${calendar} is not written out.`);
  const minutes = known.get(calendar) ?? new Map<number, boolean>();
  known.set(calendar, minutes);
  const minute = Math.floor(at / MINUTE_MS);
  const open = minutes.get(minute) ?? isOpenIn(calendar, minute + offsetOf(calendar));
  minutes.set(minute, open);
  return open;
}

/** @param minute - the minute on local clocks, counted from 1970. */
function isOpenIn({ hours, except = [] }: CalendarSource, minute: number): boolean {
  const today = Math.floor(minute / DAY_MINUTES);
  // Hours that end after midnight belong to the day on which they begin.
  return [today, today - 1].some((day) => {
    const date = new Date(day * DAY_MS);
    if (except.includes(date.toISOString().slice(0, 10))) return false;
    const inDay = minute - day * DAY_MINUTES;
    return hours.map(partsOf).some(({ isWorkday, from, until }) => {
      const isDay = !isWorkday || (date.getUTCDay() >= 1 && date.getUTCDay() <= 5);
      return isDay && from <= inDay && inDay < (until > from ? until : until + DAY_MINUTES);
    });
  });
}

/** When the hours of a calendar begin and end, on the days from one moment to another. */
export function boundaries(calendar: CalendarSource | string, from: number, to: number): number[] {
  if (typeof calendar === 'string') throw new TypeError(`The calendar ${calendar} is not written out.`);
  const offsetMs = offsetOf(calendar) * MINUTE_MS;
  const minutes = calendar.hours.map(partsOf).flatMap(({ from: begin, until }) => [begin, until]);
  const times: number[] = [];
  for (let day = Math.floor(from / DAY_MS) - 1; day * DAY_MS <= to + DAY_MS; day++) {
    times.push(...minutes.map((minute) => day * DAY_MS + minute * MINUTE_MS - offsetMs));
  }
  return times.filter((at) => from <= at && at <= to);
}

function offsetOf({ timezone }: CalendarSource): number {
  const offset = OFFSETS[timezone];
  if (offset === undefined) throw new TypeError(`The reference does not know the time zone ${timezone}.`);
  return offset;
}

function partsOf(text: string) {
  const [, days, from, until] = /^(Mon-Fri|daily) (\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  if (!from || !until) throw new TypeError(`The reference does not know the hours ${text}.`);
  return { isWorkday: days === 'Mon-Fri', from: minuteOf(from), until: minuteOf(until) };
}

function minuteOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}
