import { Command, InvalidArgumentError } from 'commander';
import { integer } from '../../cli/options/integer.ts';
import { leadingZeroHint, parseTimeOfDay } from '../../sim/scenario/index.ts';

/** The options of `npm start`. */
export interface LocalOptions {
  readonly headless: boolean;
  readonly demo: boolean;
  /** A directory of policies, or a file. Default: the example policies. */
  readonly policies?: string;
  /** A file. Default: the scenario of the demo. */
  readonly scenario?: string;
  /** When the demo begins, in milliseconds after midnight by the clock of the scenario. */
  readonly from?: number;
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
  2  usage error, a problem in the policies or the scenario, or the port is not available
  3  the demo missed an objective, but the machine was too slow to judge it
`;

/** @throws InvalidArgumentError for an option that is given again. */
function once(value: string, previous: string | undefined): string {
  if (previous === undefined) return value;
  throw new InvalidArgumentError('It is given twice, and the demo runs one.');
}

/** @throws InvalidArgumentError unless it is a time of day, in milliseconds after midnight. */
function parseFrom(text: string): number {
  const ms = parseTimeOfDay(text);
  if (ms !== undefined && ms < 86_400_000) return ms;
  throw new InvalidArgumentError(`Expected a time of day from 00:00 to 23:59${leadingZeroHint(text)}.`);
}

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
    .option('--policies <directory>', 'policies of your own (default: the example policies)', once)
    .option('--scenario <file>', 'a contact centre of your own, as escalator simulate takes it', once)
    .option('--from <HH:MM>', 'when the demo begins in the scenario (default: its busiest part)', parseFrom)
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
