const SHORT = /^(-)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const ISO_8601 = /^(-)?P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** The description of valid durations in error messages. */
export const DURATION_FORM = 'a duration such as 45s, 3m, 1h30m or PT3M, at most a year';

/** No contact waits longer. The limit also keeps times within the range of Date. */
const MAX_SECONDS = 366 * 86_400;

/**
 * Parses a duration: `45s`, `3m`, `1h30m`, or ISO 8601 (`PT3M`). A leading `-` makes it negative.
 *
 * @returns whole seconds; undefined if the text is not a duration or exceeds 366 days.
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

/** Formats whole seconds as a duration that {@link durationSeconds} parses: `1h30m`, `45s`, `-2m`, `0s`. */
export function formatDuration(totalSeconds: number): string {
  const seconds = Math.abs(totalSeconds);
  const parts = [
    [Math.floor(seconds / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  const text = parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join('');
  return `${totalSeconds < 0 ? '-' : ''}${text || '0s'}`;
}
