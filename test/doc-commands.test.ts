import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from '../cli/program.ts';
import { AWAITED } from './support/awaited-commands.ts';

/** The pages that show commands. docs/cli.md and docs/runbook.md have tests that run theirs. */
const PAGES = ['README.md', ...globSync('docs/*.md')].sort();

/** A command in a sentence or in a block, such as `npx escalator redrive RuleMessagesDlq --dry-run`. */
const COMMANDS = PAGES.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/(?:^|`|\$ )(?:npx )?escalator ([a-z][^`\n|;]*)/gm)].map(
    ([, args = '']) => [page, args.replace(/\s+#.*$/, '').trim()] as const,
  ),
);

/** The words of a command line, with quotes taken off. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

/** The command that the first words name, and the options among the others. */
function find(line: string) {
  const program = createProgram({ io: {} as never, setExitCode() {} });
  let command: Command = program;
  const rest = words(line);
  for (let next = named(command, rest[0]); next; next = named(command, rest[0])) {
    command = next;
    rest.shift();
  }
  return { command, isKnown: command !== program, options: rest.filter((word) => word.startsWith('--')) };
}

function named({ commands }: Command, name: string | undefined): Command | undefined {
  return commands.find((command) => command.name() === name);
}

describe('each command in the documents exists, with its options', () => {
  test('there are some', () => {
    expect(COMMANDS.length).toBeGreaterThan(50);
  });

  test.each(AWAITED)('%s is still awaited: take it off the list once it is there', (name) => {
    expect(find(name).isKnown).toBe(false);
    expect(COMMANDS.some(([, line]) => line.startsWith(`${name} `))).toBe(true);
  });

  const isThere = ([, line]: (typeof COMMANDS)[number]) => !AWAITED.includes(words(line)[0] ?? '');
  test.each(COMMANDS.filter(isThere))('%s: escalator %s', (_page, line) => {
    const { command, isKnown, options } = find(line);
    expect(isKnown).toBe(true);
    const known = command.options.flatMap(({ long }) => long ?? []);
    const unknown = options
      .map((option) => option.split('=')[0] ?? '')
      .filter((option) => !known.includes(option));
    expect(unknown.filter((option) => option !== '--help')).toEqual([]);
  });
});
