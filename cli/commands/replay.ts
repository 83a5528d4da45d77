import { type Command, InvalidArgumentError } from 'commander';
import type { CommandContext } from '../program.ts';
import type { ReplayOptions } from '../replay/run.ts';

/** Declares `escalator replay`. */
export function addReplay(program: Command, { io, finish }: CommandContext): void {
  program
    .command('replay')
    .description(
      'Tells what policies would have changed in recorded contact events: whom, when, and who overtook whom.',
    )
    .argument('<file...>', 'contact events as JSON lines or a JSON list; .gz is unpacked, - reads stdin')
    .requiredOption('--policies <dir>', 'a directory of policies; give it again to compare sets', collect)
    .option('--settings <file>', "settings for all sets (default: each directory's own)")
    .option('--from <time>', 'take what happened then or later, such as 2026-11-23T10:00:00Z', parseTime)
    .option('--to <time>', 'take what happened before then', parseTime)
    .option('--instance <id>', 'take the contacts of one Connect instance (default: all that occur)')
    .option('--region <region>', 'the Region that the system runs in (default: that of most events)')
    .option('--tier-tag <name>', 'the tag that tells tiers apart (default: tier, or else the policy does)')
    .option('--top <number>', 'rows of a long table to show', parseCount, 10)
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
      finish(await runReplay(files, options, io));
    });
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function parseTime(text: string): number {
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError('Expected a time such as 2026-11-23T10:00:00Z.');
  return at;
}

function parseCount(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected how many, such as 20.');
}
