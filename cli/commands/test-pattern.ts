import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';

/** Declares `escalator test-pattern`. */
export function addTestPattern(program: Command, { io }: CommandContext): void {
  program
    .command('test-pattern')
    .description(
      'Matches events against event patterns: reads lines {"pattern":…,"event":…} from stdin and answers each ' +
        'with a line {"valid":…,"match":…}, with "error" where it is not valid.',
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
