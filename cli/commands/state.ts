import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../command-context.ts';
import type { ListOptions } from '../list/run.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';
import { integer } from '../options/integer.ts';
import { repeated } from '../options/repeated.ts';
import { timezoneOf } from '../options/timezone.ts';
import type { StatusOptions } from '../status/run.ts';

/** Contacts that are read at most, unless the reader says otherwise. */
export const MAX_CONTACTS = 10_000;

/** Seconds between two looks of `--watch`, unless the reader says otherwise. */
const WATCH_SECONDS = 5;

export function addStatus(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('status')
    .description('Says whether calls are made, who waits where, what is due, and what is in force.')
    .option(
      '--timezone <zone>',
      'the time zone of the times, beside UTC (default: that of this machine)',
      timezoneOf('--timezone', io.err),
    );
  addWatchOptions(command)
    .addHelpText('after', '\nExamples:\n  escalator status\n  escalator status --watch')
    .action(async (options: StatusOptions) => {
      const { status } = await import('../status/run.ts');
      setExitCode(await status(withSeconds(options), io));
    });
}

export function addList(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('list')
    .description(
      'Lists who waits, in the order in which Connect will answer as far as the records tell, and why.',
    )
    .option('--queue <queue>', 'only this queue, by its name, id or ARN; repeatable (default: all)', repeated)
    .option('--policy <name>', 'only contacts that this policy governs; repeatable (default: all)', repeated)
    .option(
      '--find <text>',
      'only contacts that have this text in their id, channel, tags, signals or policy',
    )
    .option('--due', 'only contacts with a change that is due, or that something holds back')
    .option('--tag <name>', 'a tag to show; repeatable (default: those that policies name)', repeated)
    .option('--limit <number>', 'contacts of each queue to list', integer(1), 20);
  addWatchOptions(command)
    .addHelpText(
      'after',
      '\nExamples:\n  escalator list --queue billing\n  escalator list --find gold --watch\n  escalator list --due --json',
    )
    .action(async (options: ListOptions) => {
      const { list } = await import('../list/run.ts');
      setExitCode(await list(withSeconds(options), io));
    });
}

function addWatchOptions(command: Command): Command {
  command
    .option(
      '--watch [seconds]',
      `look again and again until Ctrl-C (default: every ${WATCH_SECONDS} seconds)`,
      parseSeconds,
    )
    .option('--max-contacts <number>', 'contacts to read at most', integer(1), MAX_CONTACTS)
    .option('--json', 'print one JSON document; with --watch, one a line');
  return addAwsOptions(addPrefixOption(command));
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3_600) return seconds;
  throw new InvalidArgumentError('Expected whole seconds from 1 to 3600.');
}

/** Commander gives `true` for an option without its value. */
function withSeconds<T extends { readonly watch?: number | true }>(options: T) {
  const { watch, ...rest } = options;
  return { ...rest, ...(watch !== undefined && { watch: watch === true ? WATCH_SECONDS : watch }) };
}
