import { INVARIANTS, type Violation } from '../../sim/dst/invariants.ts';
import { T0 } from '../../sim/dst/random-policies.ts';

/** The longest part of a message that is printed whole, in characters. */
const MAX_PART_LENGTH = 300;

/**
 * A violation in one line. Its message has several parts, such as what is found and what is expected; criteria alone may
 * fill megabytes.
 *
 * @param isWhole - whether long parts of the message are printed whole. Default: they are cut after 300 characters.
 */
export function formatViolation({ invariant, at, message }: Violation, isWhole = false): string {
  const seconds = ((at - T0) / 1_000).toFixed(3);
  const shown = isWhole ? message : message.split('; ').map(shortened).join('; ');
  return `invariant ${invariant} (${INVARIANTS[invariant]}) at ${seconds} s: ${shown}`;
}

function shortened(part: string): string {
  const left = part.length - MAX_PART_LENGTH;
  return left > 0 ? `${part.slice(0, MAX_PART_LENGTH)}… (${left} characters more)` : part;
}
