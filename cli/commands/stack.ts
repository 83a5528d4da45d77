import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

export function addStack(program: Command, { io, setExitCode }: CommandContext): void {
  program
    .command('stack')
    .description(
      'Prints a log with the positions of the sources in the stacks of errors: the code that is deployed is ' +
        'minified. Run it in the version that is deployed. The exit code is 1 if the log has no position.',
    )
    .argument('[file]', 'a log of a function; - for stdin', '-')
    .addHelpText(
      'after',
      `
Examples:
  escalator stack dispatch.log
  aws logs tail /aws/lambda/NAME --since 1h | escalator stack`,
    )
    .action(async (file: string) => {
      const { stack } = await import('../stack/run.ts');
      setExitCode(await stack(file, io));
    });
}
