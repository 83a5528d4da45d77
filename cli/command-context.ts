import type { CommandIo } from './command-io.ts';
import type { ExitCode } from './errors.ts';

/** What a command needs to run. */
export interface CommandContext {
  readonly io: CommandIo;
  /** Sets the exit code of the process. Default: 0. */
  readonly setExitCode: (code: ExitCode) => void;
}
