import { Command } from 'commander';
import { integer } from '../../cli/options/integer.ts';

/** The options of `npm start`. */
export interface LocalOptions {
  readonly headless: boolean;
  readonly demo: boolean;
  readonly seed: number;
  /** Simulated duration of the demo. */
  readonly minutes: number;
  /** Simulated time over real time during the demo. */
  readonly speed: number;
  readonly port: number;
}

const DESCRIPTION =
  'Runs the whole system on this machine: an AWS endpoint on loopback (DynamoDB, SQS, SSM, EventBridge and ' +
  'Amazon Connect), the handlers as they are deployed, and a demo of a busy contact centre. After the demo ' +
  'the endpoint remains available until Ctrl-C. The handlers write their logs to .local/*.log.';

const EXIT_CODES = `
Exit codes:
  0  success
  1  the demo missed an objective
  2  usage error, or the port is not available
  3  the demo missed an objective, but the machine was too slow to judge it
`;

/**
 * Parses the arguments of `npm start`. Prints help and usage errors.
 *
 * @throws CommanderError with exit code 0 after help, else for arguments that are not valid.
 */
export function parseOptions(args: readonly string[]): LocalOptions {
  return new Command('npm start --')
    .description(DESCRIPTION)
    .option('--headless', 'end after the demo', false)
    .option('--no-demo', 'start the endpoint without the demo')
    .option('--seed <n>', 'seed of the demo; it determines the contacts', integer(0, 2 ** 31 - 1), 1)
    .option('--minutes <n>', 'simulated minutes of the demo, 1 to 120', integer(1, 120), 10)
    .option('--speed <n>', 'simulated time over real time, 1 to 20', integer(1, 20), 12)
    .option('--port <n>', 'port on 127.0.0.1; 0 for a free port', integer(0, 65_535), 4_600)
    .helpOption('--help', 'print this help')
    .addHelpText('after', EXIT_CODES)
    .allowExcessArguments(false)
    .showHelpAfterError('(npm start -- --help lists the options)')
    .exitOverride()
    .parse([...args], { from: 'user' })
    .opts<LocalOptions>();
}
