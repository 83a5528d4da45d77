import { formatFindings, formatSummary } from '../check/format.ts';
import type { CommandIo } from '../command-io.ts';
import type { Source } from '../sources/source.ts';
import { isError, validateSources } from '../sources/validate.ts';

/** Prints the problems and warnings of sources as diagnostics. @returns whether the sources are valid. */
export function reportFindings(sources: readonly Source[], io: CommandIo): boolean {
  const { findings } = validateSources(sources);
  io.err(formatFindings(findings, io.columns));
  const isValid = !findings.some(isError);
  if (!isValid) io.err(`${formatSummary(findings, sources.length).trimEnd()} Nothing was written.\n`);
  return isValid;
}
