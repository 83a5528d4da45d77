import { type Command, InvalidArgumentError } from 'commander';
import type { CheckOptions } from '../check/check.ts';
import { parseRate } from '../check/rate.ts';
import type { CommandContext } from '../program.ts';

/** Declares `escalator check`. */
export function addCheck(program: Command, { io, finish }: CommandContext): void {
  program
    .command('check')
    .description('Checks policies and settings: tells every problem with its line and column.')
    .argument('<path...>', 'files, or directories of files; settings.yaml holds the settings')
    .option('--json', 'print one JSON document')
    .option('--strict', 'exit with 1 for warnings, too')
    .option(
      '--arrivals <rate>',
      'also tell the load on the quota at so many contacts, such as 0.5/s or 30/m',
      parseArrivals,
    )
    .addHelpText(
      'after',
      `
Examples:
  escalator check policies
  escalator check policies/gold-callers.yaml --json
  escalator check policies --arrivals 30/m --strict`,
    )
    .action(async (paths: string[], options: CheckOptions) => {
      const { check } = await import('../check/check.ts');
      finish(await check(paths, options, io));
    });
}

function parseArrivals(text: string): number {
  const perSecond = parseRate(text);
  if (perSecond === undefined)
    throw new InvalidArgumentError('Expected a rate such as 0.5/s, 30/m or 900/h.');
  return perSecond;
}
