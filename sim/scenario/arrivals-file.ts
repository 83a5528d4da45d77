import { durationSeconds } from '../../lambda/domain/duration.ts';
import type { ListedArrival } from '../workload/index.ts';

/** A file of arrivals cannot be used. */
export class ArrivalsFileError extends Error {
  override readonly name = 'ArrivalsFileError';
}

/**
 * Reads a list of arrivals: a line for each, a time in ISO 8601 and, if it is known, a comma and how long handling
 * took. Lines that are empty or begin with `#` are passed over; the order does not matter.
 *
 * @throws ArrivalsFileError at the first line that is not like that.
 */
export function parseArrivals(text: string): ListedArrival[] {
  return text
    .split(/\r?\n/)
    .flatMap((line, index): ListedArrival[] => {
      if (line.trim() === '' || line.startsWith('#')) return [];
      const [time = '', handling] = line.split(',').map((part) => part.trim());
      const at = /^\d{4}-\d\d-\d\dT/.test(time) ? Date.parse(time) : Number.NaN;
      const seconds = handling === undefined ? undefined : durationSeconds(handling);
      if (Number.isNaN(at) || (handling !== undefined && (seconds === undefined || seconds < 0))) {
        throw new ArrivalsFileError(
          `line ${index + 1} is ${JSON.stringify(line.slice(0, 60))}; expected a time and maybe a handling time, such as 2026-11-23T08:00:05+01:00,4m`,
        );
      }
      return [{ at, ...(seconds === undefined ? {} : { handlingMs: seconds * 1_000 }) }];
    })
    .sort((a, b) => a.at - b.at);
}
