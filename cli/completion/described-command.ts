import type { Command } from 'commander';

/** What can follow in a command line: one of the words, or a file name. */
export interface Values {
  readonly words: readonly string[];
  readonly isFile: boolean;
}

export interface DescribedOption {
  /** Such as `--json`. */
  readonly flag: string;
  readonly description: string;
  /** The values that it takes. Undefined when it takes none. */
  readonly values?: Values;
}

export interface DescribedCommand {
  /** The words that lead to it after the name of the program, such as `send signal`; empty for the program. */
  readonly path: string;
  readonly description: string;
  readonly subcommands: readonly DescribedCommand[];
  readonly options: readonly DescribedOption[];
  /** The values of its arguments. */
  readonly values: Values;
}

/** The names of arguments that are files or directories. */
const FILE_ARGUMENTS = ['path', 'file', 'directory', 'scenario'];

/** The names of values of options that are files or directories. The path of `--prefix` is one of SSM. */
const FILE_VALUES = ['file', 'directory', 'set'];

/** The program and all its commands, the program first. */
export function describeCommands(program: Command): DescribedCommand[] {
  return withSubcommands(describe(program, []));
}

function withSubcommands(command: DescribedCommand): DescribedCommand[] {
  return [command, ...command.subcommands.flatMap(withSubcommands)];
}

function describe(command: Command, path: readonly string[]): DescribedCommand {
  const help = command.createHelp();
  const values = command.registeredArguments.map((argument) =>
    toValues(argument.argChoices, FILE_ARGUMENTS.includes(argument.name())),
  );
  return {
    path: path.join(' '),
    description: command.description(),
    // The help lists `help` as a command; it is not described.
    subcommands: command.commands.map((child) => describe(child, [...path, child.name()])),
    options: help.visibleOptions(command).flatMap(({ long, flags, description, argChoices }) => {
      if (!long) return [];
      const [, name] = /<([^>.]+)/.exec(flags) ?? [];
      return [
        {
          flag: long,
          description,
          ...(name && { values: toValues(argChoices, FILE_VALUES.includes(name)) }),
        },
      ];
    }),
    values: {
      words: values.flatMap(({ words }) => words),
      isFile: values.some(({ isFile }) => isFile),
    },
  };
}

function toValues(choices: readonly string[] | undefined, isFile: boolean): Values {
  return { words: choices ?? [], isFile };
}
