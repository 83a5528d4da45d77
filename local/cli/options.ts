import { parseArgs } from 'node:util';

/** What `npm start` was asked to do. */
export interface LocalOptions {
  readonly headless: boolean;
  readonly demo: boolean;
  readonly seed: number;
  readonly minutes: number;
  /** Simulated time over real time while the scenario runs. */
  readonly speed: number;
  readonly port: number;
}

/** An option that cannot be used: its message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const USAGE = `Usage: npm start -- [options]

Runs the whole system on this machine: an AWS endpoint on loopback (DynamoDB, SQS, SSM, EventBridge and an Amazon
Connect that queues, routes and throttles), the handlers as they are deployed, and ten simulated minutes of a busy
contact centre. Then the endpoint stays up for you to try things, until Ctrl-C.

Options:
  --headless     end after the demo; exit code 0 when every promise was kept, 1 otherwise
  --no-demo      only start the endpoint
  --seed N       the same seed brings the same contacts (default 1)
  --minutes N    simulated minutes, 1 to 120 (default 10)
  --speed N      simulated time over real time, 1 to 20 (default 12)
  --port N       port on 127.0.0.1, 0 for any that is free (default 4600)
  --help         this text

What the handlers log goes to .local/*.log.
`;

/**
 * @returns undefined when help was asked for.
 * @throws UsageError
 */
export function parseOptions(args: readonly string[]): LocalOptions | undefined {
  const { values } = parseArguments(args);
  if (values.help) return undefined;
  return {
    headless: values.headless ?? false,
    demo: values.demo ?? true,
    seed: parseInteger('seed', values.seed ?? '1', 0, 2 ** 31 - 1),
    minutes: parseInteger('minutes', values.minutes ?? '10', 1, 120),
    speed: parseInteger('speed', values.speed ?? '12', 1, 20),
    port: parseInteger('port', values.port ?? '4600', 0, 65_535),
  };
}

function parseArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowNegative: true,
      options: {
        headless: { type: 'boolean' },
        demo: { type: 'boolean' },
        seed: { type: 'string' },
        minutes: { type: 'string' },
        speed: { type: 'string' },
        port: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function parseInteger(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < least || value > most) {
    throw new UsageError(
      `--${name} is ${JSON.stringify(text)}: expected a whole number from ${least} to ${most}.`,
    );
  }
  return value;
}
