import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../program.ts';
import type { SimulateOptions } from '../simulate/run.ts';

/** Declares `escalator simulate`. */
export function addSimulate(program: Command, { io, finish }: CommandContext): void {
  program
    .command('simulate')
    .description(
      'Lets the contacts of a scenario meet policies in virtual time, and tells what these do to them.',
    )
    .argument('<scenario>', 'a file in YAML or JSON (schemas/scenario.schema.json)')
    .option('--policies <directory>', 'a policy set: may be given several times', collect, [])
    .option('--against <set>', 'what the sets are held against: none, or a directory of policies', 'none')
    .option(
      '--runs <number>',
      'independent runs, for the confidence intervals',
      wholeNumberBetween(1, 10_000),
      10,
    )
    .option('--seed <number>', 'another seed, other customers', wholeNumberBetween(0, 2 ** 31 - 1), 1)
    .option('--hours <number>', 'so many hours instead of those of the scenario', parseHours)
    .option('--json', 'print the result as one JSON document')
    .option('--report <file>', 'also write the report, one HTML file')
    .option('--open', 'open the report (without --report in a temporary file)')
    .addHelpText(
      'after',
      `
Examples:
  escalator simulate scenarios/monday-morning.yaml --policies policies --open
  escalator simulate scenarios/outage-callbacks.yaml --policies policies --policies draft --runs 30
  escalator simulate scenarios/short-staffed.yaml --policies draft --against policies --json`,
    )
    .action(async (scenario: string, options: SimulateOptions) => {
      const { simulateScenario } = await import('../simulate/run.ts');
      finish(await simulateScenario(scenario, options, io));
    });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function wholeNumberBetween(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

function parseHours(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value <= 8_784) return value;
  throw new InvalidArgumentError('Expected a number of hours, such as 2 or 0.5.');
}
