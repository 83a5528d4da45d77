import { InvalidArgumentError } from 'commander';
import { durationSeconds } from '../../lambda/domain/duration.ts';

/** Seconds of a duration that is not negative, such as `3m`. Undefined for any other text. */
export function nonNegativeSeconds(text: string): number | undefined {
  const seconds = durationSeconds(text);
  return seconds === undefined || seconds < 0 ? undefined : seconds;
}

/**
 * Parses a duration of at least 1s for an option of commander.
 *
 * @returns seconds.
 * @throws InvalidArgumentError
 */
export function parseSeconds(text: string): number {
  const seconds = durationSeconds(text);
  if (seconds !== undefined && seconds >= 1) return seconds;
  throw new InvalidArgumentError('Expected a duration of at least 1s, such as 60s or 1m30s.');
}

const MAX_HOURS = 366 * 24;

/**
 * Parses a number of hours for an option of commander: more than 0, at most a year.
 *
 * @throws InvalidArgumentError
 */
export function parseHours(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= MAX_HOURS) return value;
  throw new InvalidArgumentError('Expected a number of hours, such as 2 or 0.5.');
}
