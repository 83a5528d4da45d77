const DAY_MS = 86_400_000;

/** Two digits of each number below 100. */
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

let lastDay = Number.NaN;
let lastDayText = '';
let lastAt = Number.NaN;
let lastText = '';

/**
 * A time in milliseconds as events write it. In a simulation half of the cost of an event is the text of its
 * times, so the day and the last text are kept, and the time of day is put together by hand.
 */
export function isoTime(at: number): string {
  if (at === lastAt) return lastText;
  const day = Math.floor(at / DAY_MS);
  if (day !== lastDay) {
    lastDayText = new Date(at).toISOString().slice(0, -'00:00:00.000Z'.length);
    lastDay = day;
  }
  const ms = Math.floor(at - day * DAY_MS);
  const seconds = Math.floor(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  const thousandths = ms % 1_000;
  lastText = `${lastDayText}${TWO_DIGITS[Math.floor(minutes / 60)]}:${TWO_DIGITS[minutes % 60]}:${TWO_DIGITS[seconds % 60]}.${Math.floor(thousandths / 100)}${TWO_DIGITS[thousandths % 100]}Z`;
  lastAt = at;
  return lastText;
}
