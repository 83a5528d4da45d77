import { InvalidArgumentError } from 'commander';
import { isTimezone } from '../../lambda/domain/calendar/time-zone.ts';
import { suggestTimezone, timezoneAdvice } from '../../lambda/domain/calendar/zone-advice.ts';
import { didYouMean } from '../../lambda/domain/validation/problem.ts';

/**
 * Makes a parser of time zones for an option of commander. It says what is unwise about a zone, such as the opposite sign
 * of Etc/GMT+2, and throws InvalidArgumentError.
 *
 * @param option - for the message, such as `--timezone`.
 */
export function timezoneOf(option: string, print: (text: string) => void): (text: string) => string {
  return (text) => {
    if (!isTimezone(text)) {
      throw new InvalidArgumentError(
        `Expected a time zone of the IANA database, such as Europe/Berlin or UTC.${didYouMean(suggestTimezone(text))}`,
      );
    }
    const advice = timezoneAdvice(text);
    if (advice !== undefined) print(`escalator: ${option}: ${advice}\n`);
    return text;
  };
}
