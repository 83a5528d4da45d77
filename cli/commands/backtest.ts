import type { Command } from 'commander';
import type { BackTestCommandOptions } from '../backtest/run.ts';
import type { CommandContext } from '../command-context.ts';
import { parseInstanceId } from '../options/connect-id.ts';
import { integer } from '../options/integer.ts';
import { addCoresOption, addSeedOption } from '../options/simulation.ts';
import { timeOf } from '../options/time.ts';

/** Fewer runs have no band of 90 %. */
const MIN_RUNS = 20;

export function addBacktest(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('backtest')
    .description(
      'Judges a scenario by recorded days that it was not fitted to: the contacts of these days arrive again in the ' +
        'simulated centre, and what was recorded should lie within the band of its runs.',
    )
    .argument('<scenario>', 'a file in YAML or JSON, such as escalator calibrate writes')
    .argument('<file...>', 'files or folders with contact events, as for calibrate; - reads stdin')
    .option('--policies <directory>', 'the policies that were in force in these days (default: none)')
    .option(
      '--from <time>',
      'judge by contacts from this time on, such as 2026-11-23T10:00:00Z (default: after the fitted days)',
      timeOf('--from', io.err),
    )
    .option('--to <time>', 'judge by contacts before this time', timeOf('--to', io.err))
    .option(
      '--instance-id <id>',
      'only the contacts of this Connect instance (default: all instances)',
      parseInstanceId,
    )
    .option('--runs <number>', 'how often the days are simulated', integer(MIN_RUNS, 10_000), 200)
    .option(
      '--no-adjust-agents',
      'take the agents of the scenario as they are, also where another number would fit better',
    )
    .option(
      '-o, --output <file>',
      'write the result there (default: beside the scenario, as NAME.backtest.json)',
    )
    .option('--no-output', 'do not write the result');
  addCoresOption(addSeedOption(command))
    .option('--json', 'print the result as one JSON document')
    .option('--report <file>', 'also write a report with pictures, one HTML file')
    .addHelpText(
      'after',
      `
Examples:
  escalator calibrate november/ --to 2026-11-23T00:00:00Z --timezone Europe/Berlin -o centre.yaml
  escalator backtest centre.yaml november/ --report centre.html
  escalator backtest centre.yaml november/ --policies policies --from 2026-11-23T00:00:00Z`,
    )
    .action(async (scenario: string, files: string[], options: BackTestCommandOptions) => {
      const { runBackTest } = await import('../backtest/run.ts');
      setExitCode(await runBackTest(scenario, files, options, io));
    });
}
