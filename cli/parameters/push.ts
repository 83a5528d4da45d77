import { formatFinding, formatSummary, plural } from '../check/format.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { readSources } from '../sources/read.ts';
import { parameterName, type Source } from '../sources/source.ts';
import { type Finding, validateSources } from '../sources/validate.ts';
import { compareSources, formatChange, formatDeletion } from './changes.ts';
import type { SyncOptions } from './options.ts';
import { openParameterStore } from './parameter-store.ts';

/** `escalator push`: makes the parameters like the files. Refused when any file has a problem. */
export async function push(directory: string, options: SyncOptions, io: CommandIo): Promise<ExitCode> {
  const wanted = await readSources([directory], io.cwd);
  if (reportErrors(wanted, io)) return EXIT.problems;
  const parameters = openParameterStore(options);
  const present = await parameters.sources();
  const { changed: written, surplus } = compareSources(present, wanted);
  const deleted = options.prune ? surplus.filter(({ kind }) => kind === 'policy') : [];
  const staying = surplus.filter((source) => !deleted.includes(source));
  for (const warning of newWarnings(wanted, staying, present)) io.err(formatFinding(warning, io.columns));
  for (const change of written) io.out(formatChange(change, io.colours));
  for (const source of deleted) io.out(formatDeletion(source, io.colours));
  for (const { file, kind } of staying) {
    io.err(
      `${file} has no file in ${directory}; it is left as it is${kind === 'policy' ? ' (--prune deletes it)' : ''}.\n`,
    );
  }
  if (written.length + deleted.length === 0) io.err('SSM has everything already: nothing to write.\n');
  else if (options.dryRun) {
    io.err(`Dry run: ${plural(written.length, 'parameter')} to write, ${deleted.length} to delete.\n`);
  } else {
    for (const { to } of written) {
      const { version, tier } = await parameters.put(parameterName(to), to.text);
      const note = tier === 'Advanced' ? ', an advanced parameter, which AWS charges for' : '';
      io.out(`Wrote ${options.prefix}/${parameterName(to)}, version ${version}${note}.\n`);
    }
    for (const source of deleted) {
      await parameters.delete(parameterName(source));
      io.out(`Deleted ${source.file}.\n`);
    }
  }
  return EXIT.ok;
}

/** Whether something is wrong with the sources, which is then told with all that may be unwise about them. */
function reportErrors(sources: readonly Source[], io: CommandIo): boolean {
  return validateSources(sources).findings.some(isError) && !reportFindings(sources, io);
}

/**
 * What may be unwise about all that will be in force, what stays in SSM included: each by itself and beside the others.
 * Of what stays only what was not so before.
 */
function newWarnings(
  wanted: readonly Source[],
  staying: readonly Source[],
  present: readonly Source[],
): Finding[] {
  const textOf = ({ source, code, message }: Finding) => [source.file, code, message].join('\n');
  const before = new Set(validateSources(present).findings.map(textOf));
  return validateSources([...wanted, ...staying]).findings.filter(
    (finding) => !isError(finding) && (wanted.includes(finding.source) || !before.has(textOf(finding))),
  );
}

/** Whether nothing is wrong with the sources. What is, or may be unwise, is told as diagnostics. */
export function reportFindings(sources: readonly Source[], io: CommandIo): boolean {
  const { findings } = validateSources(sources);
  for (const finding of findings) io.err(formatFinding(finding, io.columns));
  const valid = !findings.some(isError);
  if (!valid) io.err(`${formatSummary(findings, sources.length).trimEnd()} Nothing was written.\n`);
  return valid;
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}
