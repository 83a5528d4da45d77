import { durationSeconds } from '../../lambda/domain/duration.ts';

/** A moment as the command line says it: so long after the contact was queued, or a time. */
export type When = { readonly waitedSeconds: number } | { readonly at: number };

/** Reads `3m` or `2026-11-23T10:03:00Z`; undefined when it is neither. */
export function parseWhen(text: string): When | undefined {
  const waitedSeconds = durationSeconds(text);
  if (waitedSeconds !== undefined) return waitedSeconds < 0 ? undefined : { waitedSeconds };
  const at = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : { at };
}

/** A time for people: UTC, without what is zero of its milliseconds. */
export function formatTime(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
