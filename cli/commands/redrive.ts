import { Argument, type Command, InvalidArgumentError } from 'commander';
import { DEAD_LETTER_QUEUES, type DeadLetterQueueName } from '../../lambda/aws/deployment.ts';
import { addAwsOptions, addPrefixOption } from '../aws/options.ts';
import type { CommandContext } from '../program.ts';
import type { RedriveOptions } from '../redrive/run.ts';

/** Declares `escalator redrive`. */
export function addRedrive(program: Command, { io, finish }: CommandContext): void {
  const command = program
    .command('redrive')
    .description('Hands dead letters over once more, as what they first were; exit code 1 when any stay.')
    .addArgument(new Argument('[queue...]', 'dead-letter queues (default: all)').choices(DEAD_LETTER_QUEUES))
    .option('--dry-run', 'list what is there and what would be done, and do nothing')
    .option('--max <number>', 'send on so many at most (default: all)', parseCount)
    .option('--malformed', 'send on what its handler set aside as malformed, too')
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
      finish(await redrive(queues.length > 0 ? queues : DEAD_LETTER_QUEUES, options, io));
    });
}

function parseCount(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected how many, such as 100.');
}
