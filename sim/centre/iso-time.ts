const DAY_MS = 86_400_000;

/** The numbers from 0 to 99 with two digits. */
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

let lastDay = Number.NaN;
let lastDayText = '';
let lastAt = Number.NaN;
let lastText = '';

/**
 * A time in milliseconds in the format of contact events. Formatting times takes half of the time of an
 * event, so the function keeps the last day and the last text and formats the time of day itself.
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
