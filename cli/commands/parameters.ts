import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';
import { integer } from '../options/integer.ts';
import type { StoreOptions, SyncOptions } from '../parameters/options.ts';
import type { RollbackOptions } from '../parameters/rollback.ts';
import type { PushPlanOptions } from '../plan/push-by-plan.ts';
import type { PlanOptions } from '../plan/run.ts';

const DRY_RUN = ['--dry-run', 'show the changes, and write nothing'] as const;
const YES = ['--yes', 'delete without a question, in scripts'] as const;
const END_PAUSE = ['--end-pause', 'write settings that end a pause: true in force'] as const;

export function addPush(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('push')
    .description(
      'Validates policies, calendars, conditions and settings in files, and writes what was changed to SSM.',
    )
    .argument('[path]', 'directory of the files, or one file; with --plan by default that of the plan')
    .option('--plan <file>', 'do exactly what escalator plan --out has written, or stop')
    .option(...DRY_RUN)
    .option('--prune', 'delete policies of this tool in SSM that have no file any more')
    .option(...YES)
    .option('--force', 'also replace what others changed in SSM since the last push or pull')
    .option(...END_PAUSE);
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      '\nExamples:\n  escalator push policies --dry-run\n  escalator push policies --prune\n  escalator push policies/gold-callers.yaml --force\n  escalator push --plan plan.json',
    )
    .action(async (path: string | undefined, options: PushPlanOptions) => {
      const { push } = await import('../parameters/push.ts');
      const { pushByPlan } = await import('../plan/push-by-plan.ts');
      if (options.plan !== undefined) setExitCode(await pushByPlan(options.plan, path, options, io));
      else if (path !== undefined) setExitCode(await push(path, options, io));
      else command.error("error: missing required argument 'path'");
    });
}

export function addPlan(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('plan')
    .description(
      'Says in words what a push would change, for waiting contacts, too. The exit code is 1 if it would.',
    )
    .argument('[path]', 'directory of the files, or one file', '.')
    .option('--out <file>', 'write the plan to a file, for push --plan')
    .option('--json', 'print one JSON document')
    .option('--prune', 'plan to delete policies of this tool in SSM that have no file any more')
    .option('--force', 'plan to replace what others changed in SSM since the last push or pull')
    .option(...END_PAUSE)
    .option('--max-contacts <number>', 'waiting contacts that are looked at', integer(0), 5_000);
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      '\nExamples:\n  escalator plan policies\n  escalator plan policies --out plan.json\n  escalator push --plan plan.json',
    )
    .action(async (path: string, options: PlanOptions) => {
      const { plan } = await import('../plan/run.ts');
      setExitCode(await plan(path, options, io));
    });
}

export function addPull(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('pull')
    .description('Writes the policies, calendars, conditions and settings that were changed in SSM to files.')
    .argument('<directory>', 'directory of the files; created if it does not exist')
    .option(...DRY_RUN)
    .option('--prune', 'delete files of this tool that are not in SSM any more')
    .option(...YES)
    .option('--force', 'also replace what was changed in files since the last push or pull');
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
    .argument('<path>', 'directory of the files, or one file');
  addAwsOptions(addPrefixOption(command))
    .addHelpText('after', '\nExample:\n  escalator diff policies')
    .action(async (path: string, options: StoreOptions) => {
      const { diff } = await import('../parameters/diff.ts');
      setExitCode(await diff(path, options, io));
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
    .option(...DRY_RUN)
    .option(...END_PAUSE);
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
