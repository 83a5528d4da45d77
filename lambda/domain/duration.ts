const SHORT = /^(-)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;
const ISO_8601 = /^(-)?P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** The description of valid durations in error messages. */
export const DURATION_FORM = 'a duration such as 45s, 3m, 1h30m or PT3M, at most a year';

/** No contact waits longer. The limit also keeps times within the range of Date. */
const MAX_SECONDS = 366 * 86_400;

/**
 * Parses a duration: `45s`, `3m`, `1h30m`, `3d`, or ISO 8601 (`PT3M`). A leading `-` makes it negative.
 *
 * @returns whole seconds; undefined if the text is not a duration or exceeds 366 days.
 * @example durationSeconds('1h30m') // 5400
 */
export function durationSeconds(text: string): number | undefined {
  const [, sign, days, hours, minutes, seconds] = SHORT.exec(text) ?? ISO_8601.exec(text) ?? [];
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

/** Formats whole seconds as a duration that {@link durationSeconds} parses: `1d12h`, `1h30m`, `45s`, `-2m`, `0s`. */
export function formatDuration(totalSeconds: number): string {
  const seconds = Math.abs(totalSeconds);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const;
  const text = parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount}${unit}`)
    .join('');
  return `${totalSeconds < 0 ? '-' : ''}${text || '0s'}`;
}

/**
 * Formats a time that was measured, or remains, for people: like {@link formatDuration}, and with two units at most, so
 * `1d15h` for 39 h 13 min 25 s. What is left out is dropped, not rounded up.
 *
 * @param totalSeconds - fractions are dropped, too.
 */
export function formatSpan(totalSeconds: number): string {
  const seconds = Math.trunc(totalSeconds);
  const size = Math.abs(seconds);
  return formatDuration(seconds - (seconds % (size >= 86_400 ? 3_600 : size >= 3_600 ? 60 : 1)));
}

interface Unit {
  readonly letter: string;
  readonly seconds: number;
  /** Words for it. A month begins like a minute, and `Stunde` (an hour) like a second. */
  readonly words: RegExp;
}

const SECOND: Unit = { letter: 's', seconds: 1, words: /^(?:s|se[ck]s?|seconds?|secondes?|sekunden?)$/ };

const UNITS: readonly Unit[] = [
  SECOND,
  { letter: 'm', seconds: 60, words: /^(?:m|mins?|minutes?|minuten?)$/ },
  { letter: 'h', seconds: 3_600, words: /^(?:h|hr|hrs|hours?|std|stunden?|heures?)$/ },
  { letter: 'd', seconds: 86_400, words: /^(?:d|days?|tage?|jours?)$/ },
  { letter: 'w', seconds: 604_800, words: /^(?:w|wk|wks|weeks?|wochen?)$/ },
];

/**
 * Converts other common notations of a duration: `90`, `90 sec` and `1.5 minutes` become `90s`, `90s` and `1m30s`.
 * Undefined where the text may mean several things, such as `3:00`, or exceeds 366 days.
 */
export function suggestDuration(text: string): string | undefined {
  const compact = text.toLowerCase().replaceAll(/[\s_]+/g, '');
  const [sign, digits] = compact.startsWith('-') ? ['-', compact.slice(1)] : ['', compact];
  const parts = [...digits.matchAll(/(\d{1,9}(?:[.,]\d{1,3})?)([a-z]*)\.?/g)].map(
    ([written, amount = '', word = '']) => ({
      written,
      amount,
      word,
      unit: UNITS.find(({ words }) => words.test(word)),
    }),
  );
  const [first] = parts;
  if (!first || parts.map(({ written }) => written).join('') !== digits) return undefined;
  // A number without a unit is seconds if it is alone.
  const isBare = parts.length === 1 && first.word === '';
  if (!isBare && parts.some(({ unit }) => unit === undefined)) return undefined;
  const asGiven = sign + parts.map(({ amount, unit = SECOND }) => amount + unit.letter).join('');
  if (durationSeconds(asGiven) !== undefined) return asGiven;
  const seconds = parts.reduce(
    (sum, { amount, unit = SECOND }) => sum + Number(amount.replace(',', '.')) * unit.seconds,
    0,
  );
  return Number.isInteger(seconds) && seconds <= MAX_SECONDS ? sign + formatDuration(seconds) : undefined;
}
