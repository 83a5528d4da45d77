import { InvalidArgumentError } from 'commander';
import { nonNegativeSeconds } from './duration.ts';

/** A moment on the command line: seconds since the contact was enqueued, or milliseconds since the epoch. */
export type Moment = { readonly waitedSeconds: number } | { readonly at: number };

/**
 * Parses an ISO 8601 date or time for an option of commander.
 *
 * @returns milliseconds since the epoch.
 * @throws InvalidArgumentError
 */
export function parseTime(text: string): number {
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('Expected a time such as 2026-11-23T10:00:00Z.');
  return at;
}

/**
 * Parses `3m` (a wait) or `2026-11-23T10:03:00Z` (a time) for an option of commander.
 *
 * @throws InvalidArgumentError
 */
export function parseMoment(text: string): Moment {
  const waitedSeconds = nonNegativeSeconds(text);
  if (waitedSeconds !== undefined) return { waitedSeconds };
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return { at };
  throw new InvalidArgumentError('Expected a wait such as 3m, or a time such as 2026-11-23T10:03:00Z.');
}
