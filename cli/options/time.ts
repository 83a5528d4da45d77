import { InvalidArgumentError } from 'commander';
import { nonNegativeSeconds } from './duration.ts';

/** A moment on the command line: seconds since the contact was enqueued, or milliseconds since the epoch. */
export type Moment = { readonly waitedSeconds: number } | { readonly at: number };

/** Prints diagnostics. */
type Print = (text: string) => void;

/** An ISO 8601 date, or a date and time; the zone is the last group. */
const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/i;

/**
 * Makes a parser of ISO 8601 dates and times for an option of commander. What names no zone is in UTC, like all times
 * that `escalator` prints, and the parser says so.
 *
 * @param option - for the message, such as `--from`.
 * @returns a parser that returns milliseconds since the epoch, and throws InvalidArgumentError.
 */
export function timeOf(option: string, print: Print): (text: string) => number {
  return (text) => {
    const at = readTime(option, text, print);
    if (at === undefined) throw new InvalidArgumentError('Expected a time such as 2026-11-23T10:00:00Z.');
    return at;
  };
}

/**
 * Makes a parser of waits such as `3m` and times such as `2026-11-23T10:03:00Z` for an option of commander. It throws
 * InvalidArgumentError.
 */
export function momentOf(option: string, print: Print): (text: string) => Moment {
  return (text) => {
    const waitedSeconds = nonNegativeSeconds(text);
    if (waitedSeconds !== undefined) return { waitedSeconds };
    const at = /\d[T ]\d/i.test(text) ? readTime(option, text, print) : undefined;
    if (at !== undefined) return { at };
    throw new InvalidArgumentError('Expected a wait such as 3m, or a time such as 2026-11-23T10:03:00Z.');
  };
}

function readTime(option: string, text: string, print: Print): number | undefined {
  const match = TIME.exec(text);
  const at = match ? Date.parse(match[1] === undefined ? inUtc(text) : text) : Number.NaN;
  if (Number.isNaN(at) || !isOfCalendar(text)) return undefined;
  if (match?.[1] === undefined) {
    print(
      `escalator: ${option} ${text} names no zone and is taken as UTC. Add Z, or an offset such as +01:00.\n`,
    );
  }
  return at;
}

/** Whether the date exists: `Date.parse` takes 30 February for 2 March. */
function isOfCalendar(text: string): boolean {
  const date = text.slice(0, 10);
  return new Date(Date.parse(date)).toISOString().startsWith(date);
}

function inUtc(text: string): string {
  return text.length === 10 ? text : `${text.replace(' ', 'T')}Z`;
}
