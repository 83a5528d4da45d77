import * as z from 'zod/mini';
import { DURATION_FORM, durationSeconds } from '../duration.ts';

/** A duration of zero or more. */
export const durationSchema = durationBetween(0, Number.POSITIVE_INFINITY, DURATION_FORM);

/** A duration of at least a second. */
export const intervalSchema = durationBetween(1, Number.POSITIVE_INFINITY, `${DURATION_FORM}, at least 1s`);

/**
 * Creates the schema of a duration, as people write it.
 *
 * @param form - the description of valid values for error messages; also used for a value that is not a
 *   string.
 */
export function durationBetween(minSeconds: number, maxSeconds: number, form: string): z.ZodMiniString {
  return z.string({ error: form }).check(
    z.refine(
      (text) => {
        const seconds = durationSeconds(text);
        return seconds !== undefined && seconds >= minSeconds && seconds <= maxSeconds;
      },
      { error: form },
    ),
  );
}
