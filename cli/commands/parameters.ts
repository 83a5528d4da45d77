import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';
import { integer } from '../options/integer.ts';
import type { SyncOptions } from '../parameters/options.ts';
import type { RollbackOptions } from '../parameters/rollback.ts';

const DRY_RUN = ['--dry-run', 'show the changes, and write nothing'] as const;

export function addPush(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('push')
    .description('Validates the policies and settings in files, and writes those that differ to SSM.')
    .argument('<directory>', 'directory of the files')
    .option(...DRY_RUN)
    .option('--prune', 'delete policies in SSM that have no file');
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      '\nExamples:\n  escalator push policies --dry-run\n  escalator push policies --prune',
    )
    .action(async (directory: string, options: SyncOptions) => {
      const { push } = await import('../parameters/push.ts');
      setExitCode(await push(directory, options, io));
    });
}

export function addPull(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('pull')
    .description('Writes the policies and settings in SSM to files.')
    .argument('<directory>', 'directory of the files; created if it does not exist')
    .option(...DRY_RUN)
    .option('--prune', 'delete files that are not in SSM');
  addAwsOptions(addPrefixOption(command))
    .addHelpText('after', '\nExamples:\n  escalator pull policies\n  escalator pull policies --dry-run')
    .action(async (directory: string, options: SyncOptions) => {
      const { pull } = await import('../parameters/pull.ts');
      setExitCode(await pull(directory, options, io));
    });
}

export function addDiff(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('diff')
    .description('Shows how the files differ from SSM. The exit code is 1 if they do.')
    .argument('<directory>', 'directory of the files');
  addAwsOptions(addPrefixOption(command))
    .addHelpText('after', '\nExample:\n  escalator diff policies')
    .action(async (directory: string, options: SyncOptions) => {
      const { diff } = await import('../parameters/diff.ts');
      setExitCode(await diff(directory, options, io));
    });
}

export function addRollback(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('rollback')
    .description('Writes an earlier version of a policy or of the settings to SSM as its newest version.')
    .argument('<name>', 'name of the policy; settings for the settings')
    .option(
      '--to <version>',
      'the version to roll back to (default: the last version with a different text)',
      integer(1),
    )
    .option(...DRY_RUN);
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      '\nExamples:\n  escalator rollback gold-callers\n  escalator rollback gold-callers --to 3 --dry-run',
    )
    .action(async (name: string, options: RollbackOptions) => {
      const { rollback } = await import('../parameters/rollback.ts');
      setExitCode(await rollback(name, options, io));
    });
}
