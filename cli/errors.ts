/** The exit codes of `escalator`. */
export const EXIT = {
  ok: 0,
  /** The command found problems or differences, or dead letters remain. */
  problems: 1,
  /** The command line, or a file that it names, is not usable. */
  usage: 2,
  /** A request to AWS failed. */
  aws: 3,
  /** A defect of this program. Node.js alone would exit with 1, which looks like problems that were found. */
  defect: 70,
  /** A person interrupted the command, as shells report it: 128 and the number of SIGINT. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command line, or a file that it names, is not usable. The message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A request to AWS failed. The message is one line that says what to do. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
}
