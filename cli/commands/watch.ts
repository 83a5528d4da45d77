import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';
import { integer } from '../options/integer.ts';
import type { WatchOptions } from '../watch/run.ts';
import { MAX_CONTACTS } from './state.ts';

export function addWatch(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('watch')
    .description('Serves the console on this machine: who waits, who is next and why, in a browser.')
    .option('--port <number>', 'the port on 127.0.0.1; 0 for any free one', integer(0, 65_535), 4_680)
    .option('--every <seconds>', 'seconds between two looks while a page is open', integer(1, 3_600), 2)
    .option('--operate', 'let the page override, release, signal, pause and resume', false)
    .option('--max-contacts <number>', 'contacts to read at most', integer(1), MAX_CONTACTS);
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      '\nIt prints the address of the page, which only browsers of this machine can open. It changes nothing without --operate.' +
        '\n\nExamples:\n  escalator watch\n  escalator watch --port 0 --every 5\n  escalator watch --operate',
    )
    .action(async (options: WatchOptions) => {
      const { watch } = await import('../watch/run.ts');
      setExitCode(await watch(options, io));
    });
}
