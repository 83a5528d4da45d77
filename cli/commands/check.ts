import type { Command } from 'commander';
import type { CheckOptions } from '../check/check.ts';
import type { CommandContext } from '../command-context.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';
import { parseInstanceIds } from '../options/connect-id.ts';
import { parseRate } from '../options/rate.ts';

export function addCheck(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('check')
    .description(
      'Validates policies, calendars, conditions and settings, and reports every problem with its line and column.',
    )
    .argument('<path...>', 'files, or directories of files; settings.yaml holds the settings')
    .option('--json', 'print one JSON document')
    .option('--strict', 'exit with 1 for warnings, too')
    .option(
      '--arrivals <rate>',
      'also report the load on the quota at this rate of contacts, such as 0.5/s or 30/m',
      parseRate,
    )
    .option(
      '--against-connect',
      'also warn of queues, agents, attributes and values that Connect does not know',
    )
    .option(
      '--instance-id <id>',
      'with --against-connect: an instance to ask; may be given several times (default: those of the deployment)',
      parseInstanceIds,
    );
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      `
Examples:
  escalator check policies
  escalator check policies/gold-callers.yaml --json
  escalator check policies --arrivals 30/m --strict
  escalator check policies --against-connect --strict`,
    )
    .action(async (paths: string[], options: CheckOptions) => {
      const { check } = await import('../check/check.ts');
      setExitCode(await check(paths, options, io));
    });
}
