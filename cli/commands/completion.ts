import { Argument, type Command } from 'commander';
import type { CommandContext } from '../command-context.ts';

/** The shells that `escalator completion` has a script for. */
const SHELLS = ['bash', 'zsh', 'fish'] as const;

export function addCompletion(program: Command, { io }: CommandContext): void {
  program
    .command('completion')
    .description('Prints a script with which a shell completes commands, options and file names.')
    .addArgument(new Argument('<shell>').choices(SHELLS))
    .addHelpText(
      'after',
      `
Examples:
  escalator completion bash > ~/.local/share/bash-completion/completions/escalator
  escalator completion zsh > "\${fpath[1]}/_escalator"
  escalator completion fish > ~/.config/fish/completions/escalator.fish`,
    )
    .action(async (shell: (typeof SHELLS)[number]) => {
      const { completionScript } = await import('../completion/completion-script.ts');
      io.out(completionScript(program, shell));
    });
}
