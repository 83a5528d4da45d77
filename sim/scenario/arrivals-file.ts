import { durationSeconds } from '../../lambda/domain/duration.ts';
import { defined } from '../../lambda/domain/json.ts';
import type { ListedArrival } from '../workload/index.ts';

/** A file of arrivals is malformed. */
class ArrivalsFileError extends Error {
  override readonly name = 'ArrivalsFileError';
}

/**
 * Parses a list of arrivals: one line each, with an ISO 8601 time and, optionally, a comma and a handling
 * time. Empty lines and lines that start with `#` are ignored; any order is allowed.
 *
 * @throws ArrivalsFileError at the first malformed line.
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
          `line ${index + 1} is ${JSON.stringify(line.slice(0, 60))}; expected a time and optionally a handling time, such as 2026-11-23T08:00:05+01:00,4m`,
        );
      }
      return [{ at, ...defined({ handlingMs: seconds && seconds * 1_000 }) }];
    })
    .sort((a, b) => a.at - b.at);
}
