import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';
import type { StoreOptions } from '../parameters/options.ts';
import type { PauseOptions } from '../parameters/pause.ts';

export function addPause(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('pause')
    .description('Stops all calls to Connect at once, whatever the settings say: the kill switch.')
    .requiredOption('--reason <text>', 'why; others see it');
  addAwsOptions(addPrefixOption(command))
    .addHelpText('after', '\nExample:\n  escalator pause --reason "wrong priorities since 10:00"')
    .action(async (options: PauseOptions) => {
      const { pause } = await import('../parameters/pause.ts');
      setExitCode(await pause(options, io));
    });
}

export function addResume(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('resume')
    .description('Ends a pause. The exit code is 1 if the settings still stop the calls.');
  addAwsOptions(addPrefixOption(command))
    .addHelpText('after', '\nExample:\n  escalator resume')
    .action(async (options: StoreOptions) => {
      const { resume } = await import('../parameters/resume.ts');
      setExitCode(await resume(options, io));
    });
}
