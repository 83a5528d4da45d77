import { Command, InvalidArgumentError, Option } from 'commander';
import { integer } from '../../cli/options/integer.ts';
import { leadingZeroHint, parseTimeOfDay } from '../../sim/scenario/index.ts';

/** The options of `npm start`. */
export interface LocalOptions {
  /** Without the console: the demo begins at once, and the process ends after it. */
  readonly headless: boolean;
  readonly demo: boolean;
  /** Whether the console is opened in the browser. */
  readonly open: boolean;
  /** A directory of policies, or a file. Default: the example policies. */
  readonly policies?: string;
  /** A file. Default: the scenario of the demo. */
  readonly scenario?: string;
  /** When the demo begins, in milliseconds after midnight by the clock of the scenario. */
  readonly from?: number;
  readonly seed: number;
  /** Simulated duration of the demo. */
  readonly minutes: number;
  /** Simulated time over real time at the beginning of the demo. */
  readonly speed: number;
  readonly port: number;
}

/** A person can follow what happens, and act. */
const SPEED_TO_WATCH = 4;
const SPEED_HEADLESS = 12;

const DESCRIPTION =
  'Runs the whole system on this machine: an AWS endpoint on loopback (DynamoDB, SQS, SSM, EventBridge and ' +
  'Amazon Connect), the handlers as they are deployed, a demo of a busy contact centre, and the console that shows it. ' +
  'The demo begins when the page is opened, or Enter is pressed. The page and the endpoint remain until Ctrl-C. ' +
  'The handlers write their logs to .local/*.log.';

const AFTER_HELP = `
Keys, in a terminal:
  Enter  begin the demo         +, -  faster, slower
  space  pause it, or go on     r     once more, from the beginning
  q      end

Exit codes:
  0  success, or ended before the end of the demo
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
  const { speed, ...options } = new Command('npm start --')
    .description(DESCRIPTION)
    .addOption(
      new Option('--headless', 'no console: begin the demo at once, and end after it')
        .default(false)
        .conflicts(['demo', 'open']),
    )
    .option('--no-demo', 'start the endpoint and the console without the demo')
    .option('--open', 'open the console in the browser', false)
    .option('--policies <directory>', 'policies of your own (default: the example policies)', once)
    .option('--scenario <file>', 'a contact centre of your own, as escalator simulate takes it', once)
    .option('--from <HH:MM>', 'when the demo begins in the scenario (default: its busiest part)', parseFrom)
    .option('--seed <n>', 'seed of the demo; it determines the contacts', integer(0, 2 ** 31 - 1), 1)
    .option('--minutes <n>', 'simulated minutes of the demo, 1 to 120', integer(1, 120), 10)
    .option(
      '--speed <n>',
      `simulated time over real time, 1 to 20 (default: ${SPEED_TO_WATCH}; with --headless ${SPEED_HEADLESS})`,
      integer(1, 20),
    )
    .option('--port <n>', 'port on 127.0.0.1; 0 for a free port', integer(0, 65_535), 4_600)
    .helpOption('--help', 'print this help')
    .addHelpText('after', AFTER_HELP)
    .allowExcessArguments(false)
    .showHelpAfterError('(npm start -- --help lists the options)')
    .exitOverride()
    .parse([...args], { from: 'user' })
    .opts<Omit<LocalOptions, 'speed'> & { readonly speed?: number }>();
  return { ...options, speed: speed ?? (options.headless ? SPEED_HEADLESS : SPEED_TO_WATCH) };
}
