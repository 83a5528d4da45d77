import { type Command, InvalidArgumentError } from 'commander';
import { addAwsOptions, addPrefixOption } from '../aws/options.ts';
import type { SyncOptions } from '../parameters/options.ts';
import type { RollbackOptions } from '../parameters/rollback.ts';
import type { CommandContext } from '../program.ts';

const DRY_RUN = ['--dry-run', 'show what would be written, and write nothing'] as const;

/** Declares `escalator push`. */
export function addPush(program: Command, { io, finish }: CommandContext): void {
  const command = program
    .command('push')
    .description('Checks policies and settings in files, and writes what changed to SSM.')
    .argument('<dir>', 'directory of the files')
    .option(...DRY_RUN)
    .option('--prune', 'delete policies in SSM that have no file');
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      '\nExamples:\n  escalator push policies --dry-run\n  escalator push policies --prune',
    )
    .action(async (directory: string, options: SyncOptions) => {
      const { push } = await import('../parameters/push.ts');
      finish(await push(directory, options, io));
    });
}

/** Declares `escalator pull`. */
export function addPull(program: Command, { io, finish }: CommandContext): void {
  const command = program
    .command('pull')
    .description('Writes policies and settings from SSM to files.')
    .argument('<dir>', 'directory of the files; made where it does not exist')
    .option(...DRY_RUN)
    .option('--prune', 'delete files that are not in SSM');
  addAwsOptions(addPrefixOption(command))
    .addHelpText('after', '\nExamples:\n  escalator pull policies\n  escalator pull policies --dry-run')
    .action(async (directory: string, options: SyncOptions) => {
      const { pull } = await import('../parameters/pull.ts');
      finish(await pull(directory, options, io));
    });
}

/** Declares `escalator diff`. */
export function addDiff(program: Command, { io, finish }: CommandContext): void {
  const command = program
    .command('diff')
    .description('Shows how the files differ from SSM; exit code 1 when they do.')
    .argument('<dir>', 'directory of the files');
  addAwsOptions(addPrefixOption(command))
    .addHelpText('after', '\nExample:\n  escalator diff policies')
    .action(async (directory: string, options: SyncOptions) => {
      const { diff } = await import('../parameters/diff.ts');
      finish(await diff(directory, options, io));
    });
}

/** Declares `escalator rollback`. */
export function addRollback(program: Command, { io, finish }: CommandContext): void {
  const command = program
    .command('rollback')
    .description('Puts an earlier version of a policy in force again, and says what that changes.')
    .argument('<name>', 'name of the policy; settings for the settings')
    .option(
      '--to <version>',
      'the version to go back to (default: the last one with another text)',
      parseVersion,
    )
    .option(...DRY_RUN);
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      '\nExamples:\n  escalator rollback gold-callers\n  escalator rollback gold-callers --to 3 --dry-run',
    )
    .action(async (name: string, options: RollbackOptions) => {
      const { rollback } = await import('../parameters/rollback.ts');
      finish(await rollback(name, options, io));
    });
}

function parseVersion(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected the number of a version, such as 3.');
}
