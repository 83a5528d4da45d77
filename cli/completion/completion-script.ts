import type { Command } from 'commander';
import { bashScript } from './bash.ts';
import { describeCommands } from './described-command.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** The script with which a shell completes the command line of a program. */
export function completionScript(program: Command, shell: keyof typeof SCRIPTS): string {
  return SCRIPTS[shell](describeCommands(program));
}
