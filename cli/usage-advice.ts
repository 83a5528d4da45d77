import type { Command } from 'commander';
import { distance } from 'fastest-levenshtein';

/** An error of commander, which names the option or command that it does not know. */
const UNKNOWN = /^error: unknown (option|command) '(.*)'\s*$/s;

/** What to do in place of an option that other commands have; undefined where that depends on the command. */
type Advice = (command: Command) => string | undefined;

const has = (command: Command, option: string) => optionsOf(command).includes(option);

/** For what matters to commands that call AWS. */
const ofAws =
  (advice: string): Advice =>
  (command) =>
    has(command, '--endpoint-url') || !command.parent
      ? advice
      : `escalator ${command.name()} calls no AWS API, and needs none.`;

const JSON_OUTPUT: Advice = (command) =>
  has(command, '--json') ? 'Pass --json for one JSON document.' : 'This command prints text only.';

/** The global options of the AWS CLI, and other names of what this command line calls otherwise. */
const ADVICE: Readonly<Record<string, Advice>> = {
  '--profile': ofAws('Set the environment variable AWS_PROFILE instead.'),
  '--region': ofAws('Set the environment variable AWS_REGION instead.'),
  '--endpoint-url': ofAws('Set the environment variable AWS_ENDPOINT_URL instead.'),
  '--ca-bundle': ofAws('Set the environment variable NODE_EXTRA_CA_CERTS instead.'),
  '--no-verify-ssl': ofAws(
    'Certificates are always verified: NODE_EXTRA_CA_CERTS names a file with your own.',
  ),
  '--no-sign-request': ofAws('Requests are always signed.'),
  '--output': JSON_OUTPUT,
  '--format': JSON_OUTPUT,
  '--query': (command) =>
    has(command, '--json') ? 'Pass --json, and select with jq.' : 'This command prints text only.',
  '--color': () => 'Only a terminal gets colours; the environment variable NO_COLOR=1 turns them off.',
  '--no-color': () => 'Set the environment variable NO_COLOR=1 instead.',
  '--no-cli-pager': () => 'escalator uses no pager.',
  '--stack-name': (command) =>
    has(command, '--prefix') ? 'A deployment is found by its parameters: pass --prefix.' : undefined,
  '--queue-arn': (command) =>
    has(command, '--contact-queue')
      ? '--contact-queue takes the ARN of a Connect queue; --queue-url takes the URL of an SQS queue.'
      : undefined,
  '--instance-arn': (command) =>
    has(command, '--instance-id') ? '--instance-id takes the ARN of an instance, too.' : undefined,
  '--contact-arn': (command) =>
    has(command, '--contact-id') ? '--contact-id takes the ARN of a contact, too.' : undefined,
  '--directory': (command) => (has(command, '--policies') ? 'Pass --policies DIRECTORY.' : undefined),
  '--policy': (command) => (has(command, '--policies') ? 'Pass --policies DIRECTORY.' : undefined),
  '--verbose': () => 'There is no more to print.',
  '--debug': () => 'There is no more to print.',
};

/** Commands of other tools, and the one that does the same here. */
const COMMANDS: Readonly<Record<string, string>> = {
  validate: 'check',
  lint: 'check',
  verify: 'check',
  deploy: 'push',
  apply: 'push',
  upload: 'push',
  export: 'pull',
  download: 'pull',
  preview: 'plan',
  revert: 'rollback',
  undo: 'rollback',
  stop: 'pause',
  start: 'resume',
  unpause: 'resume',
  status: 'doctor',
  health: 'doctor',
  test: 'test-pattern',
};

/**
 * What to write instead of an option or a command that does not exist, and where arguments are missing or too many.
 *
 * @param error - as commander prints it.
 * @returns undefined for any other error.
 */
export function adviceOnError(error: string, command: Command): string | undefined {
  if (/^error: (?:too many arguments|missing required argument)/.test(error)) {
    return `Usage: ${pathOf(command)} ${command.usage()}`;
  }
  const [, kind, name = ''] = UNKNOWN.exec(error) ?? [];
  if (kind === 'option') return adviceOnOption(name.split('=', 1)[0] ?? '', command);
  return kind === 'command' ? adviceOnCommand(name, command) : undefined;
}

function adviceOnOption(option: string, command: Command): string {
  const similar = similarNames(option, optionsOf(command));
  if (similar.length > 0) return didYouMean(similar);
  const advice = Object.hasOwn(ADVICE, option) ? ADVICE[option]?.(command) : undefined;
  const later = command.commands.find((one) => has(one, option));
  if (later) return `Options stand after the command: ${pathOf(command)} COMMAND ${option} ….`;
  return advice ?? `${pathOf(command)} --help lists the options.`;
}

function adviceOnCommand(name: string, command: Command): string {
  const names = command.commands.map((one) => one.name());
  const parent = command.commands.find((one) => one.commands.some((child) => child.name() === name));
  const similar = similarNames(name, names);
  if (similar.length > 0) return didYouMean(similar);
  if (parent) return didYouMean([`${parent.name()} ${name}`]);
  const known = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (known && names.includes(known)) return didYouMean([known]);
  return `${pathOf(command)} --help lists the commands.`;
}

function didYouMean(names: readonly string[]): string {
  return `Did you mean ${names.join(' or ')}?`;
}

function optionsOf(command: Command): string[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long }) => long ?? []);
}

/** Such as `escalator send signal`. */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

/** The names that a name is a slip of, or that have all its words: `--contact-id` for `--contact`. */
function similarNames(name: string, known: readonly string[]): string[] {
  const slips = known.filter((one) => isSlip(wordsOf(name), wordsOf(one)));
  const words = wordsOf(name);
  if (slips.length > 0 || words.length === 0) return slips;
  return known.filter((one) => words.every((word) => wordsOf(one).includes(word)));
}

function wordsOf(name: string): string[] {
  return name.toLowerCase().split(/[-_]+/).filter(Boolean);
}

/** Whether a person may have typed the first name for the second: a letter in four of a word, or two in another order. */
function isSlip(given: readonly string[], meant: readonly string[]): boolean {
  if (given.length !== meant.length) return isSlipOfWord(given.join(''), meant.join(''));
  return given.length > 0 && given.every((word, index) => isSlipOfWord(word, meant[index] ?? ''));
}

function isSlipOfWord(given: string, meant: string): boolean {
  if (given === meant) return true;
  if (Math.min(given.length, meant.length) < 3) return false;
  const edits = distance(given, meant);
  const isTransposed = edits === 2 && [...given].sort().join('') === [...meant].sort().join('');
  return isTransposed || edits <= Math.max(1, Math.floor(meant.length / 4));
}
