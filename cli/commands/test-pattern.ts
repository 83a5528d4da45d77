import type { Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

export function addTestPattern(program: Command, { io }: CommandContext): void {
  program
    .command('test-pattern')
    .description(
      'Matches events against event patterns: reads lines {"pattern":…,"event":…} from stdin, and prints ' +
        'a line {"valid":…,"match":…} for each, with "error" if it is not valid.',
    )
    .addHelpText(
      'after',
      `
Examples:
  echo '{"pattern":{"tags":{"tier":[{"prefix":"gold"}]}},"event":{"tags":{"tier":"gold-plus"}}}' | escalator test-pattern
  escalator test-pattern < cases.jsonl`,
    )
    .action(async () => {
      const { testPattern } = await import('../test-pattern/test-pattern.ts');
      await testPattern(io);
    });
}
