import { CommanderError } from 'commander';
import type { Terminal } from './command-io.ts';
import { AwsError, EXIT, type ExitCode, UsageError } from './errors.ts';
import { createProgram } from './program.ts';
import { createVisibleIo } from './visible-io.ts';

/**
 * Runs `escalator` with the given arguments, and prints errors on the terminal.
 *
 * @throws whatever a defect of this program throws.
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const io = createVisibleIo(terminal);
  let exitCode: ExitCode = EXIT.ok;
  const program = createProgram({
    io,
    setExitCode: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (!(error instanceof UsageError || error instanceof AwsError)) throw error;
    io.err(`escalator: ${error.message}\n`);
    return error instanceof UsageError ? EXIT.usage : EXIT.aws;
  }
}
