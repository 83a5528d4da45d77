import { InvalidArgumentError } from 'commander';

const RATE = /^(\d+(?:\.\d+)?)\/(s|m|h)$/;
const SECONDS = { s: 1, m: 60, h: 3_600 } as const;

/**
 * Parses a rate such as `0.5/s`, `30/m` or `900/h` for an option of commander. It is more than 0.
 *
 * @returns the number per second.
 * @throws InvalidArgumentError
 */
export function parseRate(text: string): number {
  const [, count, unit] = RATE.exec(text) ?? [];
  const rate = Number(count) / SECONDS[(unit ?? 's') as keyof typeof SECONDS];
  if (rate > 0) return rate;
  throw new InvalidArgumentError('Expected a rate such as 0.5/s, 30/m or 900/h.');
}
