import type { Command } from 'commander';
import type { AdoptOptions } from '../adopt/run.ts';
import type { CommandContext } from '../command-context.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';
import { parseInstanceIds } from '../options/connect-id.ts';
import { integer } from '../options/integer.ts';

/** Connect finds no contacts that are older: Amazon Connect administrator guide, "Search for contacts". */
const MAX_DAYS = 730;

export function addAdopt(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('adopt')
    .description(
      'Finds chats, tasks, e-mails and queued callbacks that wait and that the system does not know, and has it ask ' +
        'Connect about each. Calls that came in cannot be found this way.',
    )
    .option('--days <number>', 'how many days ago contacts may have been initiated', integer(1, MAX_DAYS), 90)
    .option(
      '--instance-id <id>',
      'only this instance; repeatable (default: all of the deployment)',
      parseInstanceIds,
    )
    .option('--dry-run', 'list the contacts, and send nothing; the exit code is 1 if there are any')
    .option('--json', 'print one JSON document');
  addAwsOptions(addPrefixOption(command))
    .addHelpText('after', '\nExamples:\n  escalator adopt --dry-run\n  escalator adopt --days 14')
    .action(async (options: AdoptOptions) => {
      const { adopt } = await import('../adopt/run.ts');
      setExitCode(await adopt(options, io));
    });
}
