import type { CommandIo } from '../command-io.ts';
import type { AwsOptions } from '../options/aws.ts';

/** A clock that differs by less is taken for the same one: the header has whole seconds. */
const SAME_CLOCK_MS = 2_000;

/**
 * The time at the endpoint, in milliseconds since the epoch. An endpoint of one's own may have a clock of its own, as
 * the local system has, which can run ahead of this machine. AWS has the time of this machine, as far as anybody cares.
 */
export async function endpointTime(
  { endpointUrl }: AwsOptions,
  io: Pick<CommandIo, 'now' | 'env'>,
): Promise<number> {
  const now = io.now();
  const url = endpointUrl ?? io.env.AWS_ENDPOINT_URL;
  if (!url) return now;
  const seconds = await fetch(url, { method: 'HEAD' }).then(
    ({ headers }) => Date.parse(headers.get('date') ?? ''),
    // The requests that follow say what is wrong with the endpoint.
    () => Number.NaN,
  );
  if (Number.isNaN(seconds) || Math.abs(seconds - now) < SAME_CLOCK_MS) return now;
  // The end of that second: what has happened there is not in the future.
  return seconds + 999;
}
