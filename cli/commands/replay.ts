import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { integer } from '../options/integer.ts';
import { addRecordingPartOptions } from '../options/recording-part.ts';
import { repeated } from '../options/repeated.ts';
import type { ReplayOptions } from '../replay/run.ts';

export function addReplay(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('replay')
    .description(
      'Reports what policies would have changed in recorded contact events: which contacts, when, and ' +
        'which contacts would have overtaken others.',
    )
    .argument(
      '<file...>',
      'files or folders with contact events in JSON, also compressed by gzip; - reads stdin',
    )
    .requiredOption(
      '--policies <directory>',
      'a policy set; may be given several times to compare sets',
      repeated,
    )
    .option('--settings <file>', 'settings for all sets (default: the settings of each directory)');
  addRecordingPartOptions(command, io.err)
    .option('--region <region>', 'the Region that the system runs in (default: the Region of most events)')
    .option(
      '--tier-tag <name>',
      'the contact tag that holds the tier (default: tier; without it, the policy is the tier)',
    )
    .option('--top <number>', 'rows to show of a long table', integer(0), 10)
    .option('--json', 'print one JSON document, with every call and every overtaking')
    .addHelpText(
      'after',
      `
Examples:
  escalator replay monday.jsonl.gz --policies policies
  escalator replay monday.jsonl --policies policies --policies new-policies --json`,
    )
    .action(async (files: string[], options: ReplayOptions) => {
      const { runReplay } = await import('../replay/run.ts');
      setExitCode(await runReplay(files, options, io));
    });
}
