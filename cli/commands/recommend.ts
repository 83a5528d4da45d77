import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { parseSeconds } from '../options/duration.ts';
import { repeated } from '../options/repeated.ts';
import { addSimulationOptions } from '../options/simulation.ts';
import type { RecommendOptions } from '../recommend/run.ts';

export function addRecommend(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('recommend')
    .description(
      'Chooses the free values of draft policies, such as after: { try: [0s, 30s, 60s] }, so that goals are reached at ' +
        'the least cost to the other tiers; or says that none reaches them, and what would.',
    )
    .argument('<scenario>', 'a file in YAML or JSON (schemas/scenario.schema.json)')
    .requiredOption('--policies <draft>', 'a directory or file of policies in which some values are free')
    .requiredOption('--goals <file>', 'what each tier should get (schemas/goals.schema.json)')
    .option(
      '--beside <directory>',
      'a policy set, such as the one in force, to compare the recommendation with; may be given several times',
      repeated,
      [],
    )
    .option('-o, --output <directory>', 'write the chosen policies there, with mode: observe')
    .option('--force', 'replace files in the directory of --output')
    .option(
      '--budget <duration>',
      'how much to simulate: what two usual cores do in this time',
      parseSeconds,
      120,
    );
  addSimulationOptions(command)
    .option(
      '--without-backtest',
      'take the scenario as it is, also where no escalator backtest shows that it is like the centre',
    )
    .option('--json', 'print the result as one JSON document')
    .option('--report <file>', 'also write a report with pictures, one HTML file')
    .addHelpText(
      'after',
      `
Examples:
  escalator recommend centre.yaml --policies draft --goals goals.yaml -o chosen
  escalator recommend scenarios/monday-morning.yaml --policies draft --goals goals.yaml --without-backtest`,
    )
    .action(async (scenario: string, options: RecommendOptions) => {
      const { runRecommend } = await import('../recommend/run.ts');
      setExitCode(await runRecommend(scenario, options, io));
    });
}
