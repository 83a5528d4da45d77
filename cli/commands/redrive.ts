import { Argument, type Command } from 'commander';
import { DEAD_LETTER_QUEUES, type DeadLetterQueueName } from '../../lambda/aws/deployment.ts';
import type { CommandContext } from '../command-context.ts';
import { addAwsOptions, addPrefixOption } from '../options/aws.ts';
import { integer } from '../options/integer.ts';
import type { RedriveOptions } from '../redrive/run.ts';

export function addRedrive(program: Command, { io, setExitCode }: CommandContext): void {
  const command = program
    .command('redrive')
    .description('Resends dead letters to where they were first sent. The exit code is 1 if any remain.')
    .addArgument(new Argument('[queue...]', 'dead-letter queues (default: all)').choices(DEAD_LETTER_QUEUES))
    .option('--dry-run', 'list the dead letters and what would be done with each, and change nothing')
    .option('--max <number>', 'resend at most this many (default: all)', integer(1))
    .option('--include-malformed', 'also resend messages that are malformed')
    .option('--json', 'print one JSON document');
  addAwsOptions(addPrefixOption(command))
    .addHelpText(
      'after',
      `
Examples:
  escalator redrive --dry-run
  escalator redrive ContactEventsDlq RuleMessagesDlq --max 100`,
    )
    .action(async (queues: DeadLetterQueueName[], options: RedriveOptions) => {
      const { redrive } = await import('../redrive/run.ts');
      setExitCode(await redrive(queues.length > 0 ? queues : DEAD_LETTER_QUEUES, options, io));
    });
}
