/** What the exit code of `escalator` says. */
export const EXIT = {
  ok: 0,
  /** What was looked at has problems, or differs, or was refused. */
  problems: 1,
  /** The command line, or a file that it names, cannot be used. */
  usage: 2,
  /** AWS did not do what was asked. */
  aws: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command line, or a file that it names, cannot be used: the message says what to write instead. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** AWS did not do what was asked: the message is one line that says what to do. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
}
