import { formatFindings, formatSummary } from '../check/format.ts';
import type { CommandIo } from '../command-io.ts';
import { type Finding, isError } from '../sources/validate.ts';

/**
 * Prints problems and warnings as diagnostics. @returns whether there is no problem.
 *
 * @param files - the number of sources that were checked.
 */
export function reportFindings(findings: readonly Finding[], files: number, io: CommandIo): boolean {
  io.err(formatFindings(findings, io.columns));
  const isValid = !findings.some(isError);
  if (!isValid) io.err(`${formatSummary(findings, files).trimEnd()} Nothing was written.\n`);
  return isValid;
}
