import { durationSeconds } from '../../lambda/domain/duration.ts';

/** The milliseconds of a valid duration. */
export function durationMs(text: string): number {
  return (durationSeconds(text) ?? 0) * 1_000;
}
