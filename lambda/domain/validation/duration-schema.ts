import { DURATION_FORM, durationSeconds, suggestDuration } from '../duration.ts';
import * as s from './schema.ts';

/** A duration of zero or more. */
export const durationSchema = durationBetween(0, Number.POSITIVE_INFINITY, DURATION_FORM);

const AT_LEAST_1S = ', at least 1s';

/** A duration of at least a second. */
export const intervalSchema = durationBetween(1, Number.POSITIVE_INFINITY, DURATION_FORM + AT_LEAST_1S);

/**
 * Creates the schema of a duration, as people write it.
 *
 * @param form - the description of valid values for error messages; also used for a value that is not a
 *   string.
 */
export function durationBetween(minSeconds: number, maxSeconds: number, form: string): s.Schema<string> {
  return s.string(form).check(
    s.refine(
      (text) => {
        const seconds = durationSeconds(text);
        return seconds !== undefined && seconds >= minSeconds && seconds <= maxSeconds;
      },
      // A time of zero in another notation must not be corrected to one that is refused as well.
      (input) =>
        minSeconds === 1 && !form.endsWith(AT_LEAST_1S) && isZero(String(input)) ? form + AT_LEAST_1S : form,
    ),
  );
}

function isZero(text: string): boolean {
  return durationSeconds(suggestDuration(text) ?? text) === 0;
}
