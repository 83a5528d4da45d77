const SHORT = /^(-)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const ISO_8601 = /^(-)?P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** How a duration may be written, for error messages. */
export const DURATION_FORM = 'a duration such as 45s, 3m, 1h30m or PT3M, at most a year';

/** Nothing waits longer; and times stay within what dates can say. */
const MAX_SECONDS = 366 * 86_400;

/**
 * Reads a duration: `45s`, `3m`, `1h30m`, or ISO 8601 (`PT3M`), each with a leading `-` for a negative one.
 *
 * @returns whole seconds, or undefined when the text is no duration, or longer than a year.
 * @example durationSeconds('1h30m') // 5400
 */
export function durationSeconds(text: string): number | undefined {
  const short = SHORT.exec(text);
  const iso = short ? null : ISO_8601.exec(text);
  const [sign, days, hours, minutes, seconds] = short
    ? [short[1], undefined, short[2], short[3], short[4]]
    : [iso?.[1], iso?.[2], iso?.[3], iso?.[4], iso?.[5]];
  if (days === undefined && hours === undefined && minutes === undefined && seconds === undefined) {
    return undefined;
  }
  const total =
    Number(days ?? 0) * 86_400 +
    Number(hours ?? 0) * 3_600 +
    Number(minutes ?? 0) * 60 +
    Number(seconds ?? 0);
  if (total > MAX_SECONDS) return undefined;
  return sign && total !== 0 ? -total : total;
}

/** Writes seconds as a duration that {@link durationSeconds} reads: `1h30m`, `45s`, `-2m`, `0s`. */
export function formatDuration(totalSeconds: number): string {
  const size = Math.abs(totalSeconds);
  const parts = [
    [Math.floor(size / 3_600), 'h'],
    [Math.floor((size % 3_600) / 60), 'm'],
    [size % 60, 's'],
  ] as const;
  const text = parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join('');
  return `${totalSeconds < 0 ? '-' : ''}${text || '0s'}`;
}
