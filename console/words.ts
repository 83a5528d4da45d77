import type { NextChange } from '../cli/state/next-change.ts';
import { formatUpdate } from '../cli/wording/update-words.ts';
import { formatSpan } from '../lambda/domain/duration.ts';

/** The time zone of the reader. */
export const ZONE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

const TIME = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
const SHORT_TIME = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const DATE_TIME = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'medium',
  hourCycle: 'h23',
});
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' });

/** A time of day in the reader's zone, with the date where that is another one. */
export function clockTime(at: number, now: number): string {
  return DAY.format(at) === DAY.format(now) ? TIME.format(at) : DATE_TIME.format(at);
}

/** A time of day in hours and minutes. */
export function shortTime(at: number): string {
  return SHORT_TIME.format(at);
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;
}

export function nextWords(change: NextChange, now: number): string {
  return `${updateWords(change)} ${inWords(change.at, now)}`;
}

/** What the updates of a change set. */
export function updateWords({ at, updates }: NextChange): string {
  return updates.map((update) => formatUpdate(update, at, shortTime)).join(', then ');
}

/** How long it takes until a moment: `in 40s`, or `now`. */
export function inWords(at: number, now: number): string {
  return at <= now ? 'now' : `in ${formatSpan(Math.ceil((at - now) / 1_000))}`;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An id in short; in full where it is short. One that is no UUID may differ from others in its end alone. */
export function shortId(id: string): string {
  if (id.length <= 12) return id;
  return UUID.test(id) ? `${id.slice(0, 8)}…` : `${id.slice(0, 7)}…${id.slice(-4)}`;
}

export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount.toLocaleString()} ${amount === 1 ? one : many}`;
}
