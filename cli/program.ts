import { Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import { addCheck } from './commands/check.ts';
import { addExplain } from './commands/explain.ts';
import { addDiff, addPull, addPush, addRollback } from './commands/parameters.ts';
import { addRedrive } from './commands/redrive.ts';
import { addReplay } from './commands/replay.ts';
import { addSend } from './commands/send.ts';
import { addSimulate } from './commands/simulate.ts';
import { addTestPattern } from './commands/test-pattern.ts';
import type { ExitCode } from './errors.ts';

/** What a command is declared with. */
export interface CommandContext {
  readonly io: CommandIo;
  /** Says with which exit code the command ends. Default 0. */
  readonly finish: (code: ExitCode) => void;
}

/**
 * The command line. What a command does is imported when it runs, so that none pays for the SDK of another.
 *
 * @throws CommanderError from `parseAsync`, on help and on what cannot be used.
 */
export function createProgram(io: CommandIo, finish: (code: ExitCode) => void): Command {
  const program = new Command('escalator')
    .description(
      'Checks, explains, simulates, replays and deploys policies, sends rule messages, redrives dead letters.',
    )
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => io.columns ?? 100,
      getErrHelpWidth: () => io.columns ?? 100,
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 done; 1 problems, differences or refused; 2 usage error; 3 AWS failed.\n',
    );
  const context = { io, finish };
  addCheck(program, context);
  addTestPattern(program, context);
  addExplain(program, context);
  addSimulate(program, context);
  addReplay(program, context);
  addPush(program, context);
  addPull(program, context);
  addDiff(program, context);
  addRollback(program, context);
  addSend(program, context);
  addRedrive(program, context);
  return program;
}
