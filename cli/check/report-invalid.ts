import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { formatFindings, formatSummary, type PrintableFinding } from './format.ts';

/** Prints why a command has no result, for commands that need valid files. @returns the exit code. */
export function reportInvalid(
  findings: readonly PrintableFinding[],
  io: Pick<CommandIo, 'err' | 'columns'>,
): ExitCode {
  io.err(formatFindings(findings, io.columns));
  io.err(formatSummary(findings, new Set(findings.map(({ source }) => source.file)).size));
  return EXIT.problems;
}
