import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { integer } from '../options/integer.ts';
import { repeated } from '../options/repeated.ts';
import { addSimulationOptions } from '../options/simulation.ts';
import type { SimulateOptions } from '../simulate/run.ts';

export function addSimulate(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('simulate')
    .description(
      'Simulates the contacts of a scenario under policy sets, and reports the effect on each customer tier.',
    )
    .argument('<scenario>', 'a file in YAML or JSON (schemas/scenario.schema.json)')
    .option('--policies <directory>', 'a policy set; may be given several times', repeated, [])
    .option('--baseline <set>', 'what the sets are compared with: none, or a directory of policies', 'none')
    .option(
      '--goals <file>',
      'what each tier should get: printed first; exits with 1 unless every set meets all',
    )
    .option('--runs <number>', 'independent runs, for the confidence intervals', integer(1, 10_000), 10);
  addSimulationOptions(command)
    .option('--json', 'print the result as one JSON document')
    .option('--report <file>', 'also write the report, one HTML file')
    .option('--open', 'open the report (without --report: in a temporary file)')
    .addHelpText(
      'after',
      `
Examples:
  escalator simulate scenarios/monday-morning.yaml --policies policies --open
  escalator simulate scenarios/outage-callbacks.yaml --policies policies --policies draft --runs 30
  escalator simulate scenarios/monday-morning.yaml --policies policies --goals goals.yaml
  escalator simulate scenarios/short-staffed.yaml --policies draft --baseline policies --json`,
    )
    .action(async (scenario: string, options: SimulateOptions) => {
      const { simulateScenario } = await import('../simulate/run.ts');
      setExitCode(await simulateScenario(scenario, options, io));
    });
}
