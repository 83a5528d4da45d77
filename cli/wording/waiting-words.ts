import { formatSpan } from '../../lambda/domain/duration.ts';
import type { Certainty } from '../state/rank.ts';
import type { DueChange } from '../state/waiting-contact.ts';
import { formatRouting } from './routing-words.ts';

/** The time from one moment to another, in milliseconds since the epoch; none where the first is the later one. */
export function span(from: number, to: number): string {
  return formatSpan(Math.max(0, (to - from) / 1_000));
}

/** A change that is due, and for how long: `priority 1, due for 2m`. */
export function dueWords({ changes, since }: DueChange, now: number): string {
  return `${formatRouting(changes)}, due ${since === undefined || since >= now ? 'now' : `for ${span(since, now)}`}`;
}

/** What stands after a value by which Connect orders, where the record does not know it. */
export const CERTAINTY_MARKS: Readonly<Record<Certainty, string>> = {
  known: '',
  assumed: '?',
  unconfirmed: '!',
};
