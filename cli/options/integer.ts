import { InvalidArgumentError } from 'commander';

/**
 * Makes a parser of whole numbers for an option or argument of commander.
 *
 * @param max - inclusive, as `min`. Default: no limit.
 * @returns a parser that throws InvalidArgumentError for any other text.
 */
export function integer(min: number, max = Number.POSITIVE_INFINITY): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    const range = max === Number.POSITIVE_INFINITY ? `that is at least ${min}` : `from ${min} to ${max}`;
    throw new InvalidArgumentError(`Expected a whole number ${range}.`);
  };
}
