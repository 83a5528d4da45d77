import { InvalidArgumentError } from 'commander';
import { isTimezone } from '../../lambda/domain/calendar/time-zone.ts';

/** Parses a time zone for an option of commander. @throws InvalidArgumentError */
export function parseTimezone(text: string): string {
  if (isTimezone(text)) return text;
  throw new InvalidArgumentError('Expected a time zone of the IANA database, such as Europe/Berlin or UTC.');
}
