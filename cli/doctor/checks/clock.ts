import { formatSpan } from '../../../lambda/domain/duration.ts';
import { failure, ok, type Verdict, warning } from '../finding.ts';

/** The Date header has whole seconds, and the response takes a moment. */
const SAME_CLOCK_MS = 5_000;

/** Beyond this AWS refuses signatures. Source: AWS General Reference, signature version 4. */
const REFUSED_MS = 5 * 60_000;

/** Compares the clock of this machine with that of AWS. Times are in milliseconds since the epoch. */
export function checkClock(now: number, awsTime: number | undefined, hasEndpoint: boolean): Verdict {
  if (awsTime === undefined) {
    return warning('The response of AWS states no time.', 'Compare the clock of this machine with another.');
  }
  const difference = now - awsTime;
  const size = formatSpan(Math.round(Math.abs(difference) / 1_000));
  const side = difference > 0 ? 'ahead of' : 'behind';
  if (Math.abs(difference) < SAME_CLOCK_MS) return ok('This machine and AWS have the same time.');
  if (hasEndpoint) return ok(`This machine is ${size} ${side} the endpoint, which has a clock of its own.`);
  const next = 'Set the clock by a time server: explain and redrive work with the time of this machine.';
  const text = `This machine is ${size} ${side} AWS.`;
  return Math.abs(difference) < REFUSED_MS ? warning(text, next) : failure(text, next);
}
