import { findingText, plural, summaryText } from '../check/print.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import type { Io } from '../io.ts';
import { checkSources, type Finding } from '../sources/checked.ts';
import { readSources } from '../sources/read.ts';
import { parameterOf, type Source } from '../sources/source.ts';
import { changesBetween, changeText, deletionText } from './changes.ts';
import type { SyncOptions } from './options.ts';
import { openParameters } from './store.ts';

/** `escalator push`: makes the parameters like the files. Refused when any file has a problem. */
export async function push(directory: string, options: SyncOptions, io: Io): Promise<ExitCode> {
  const wanted = await readSources([directory], io.cwd);
  if (isRefused(wanted, io)) return EXIT.problems;
  const parameters = openParameters(options);
  const present = await parameters.sources();
  const { written, surplus } = changesBetween(present, wanted);
  const deleted = options.prune ? surplus.filter(({ kind }) => kind === 'policy') : [];
  const staying = surplus.filter((source) => !deleted.includes(source));
  for (const warning of warningsOf(wanted, staying, present)) io.err(findingText(warning, io.columns));
  for (const change of written) io.out(changeText(change, io.colours));
  for (const source of deleted) io.out(deletionText(source, io.colours));
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
      const { version, tier } = await parameters.put(parameterOf(to), to.text);
      const note = tier === 'Advanced' ? ', an advanced parameter, which AWS charges for' : '';
      io.out(`Wrote ${options.prefix}/${parameterOf(to)}, version ${version}${note}.\n`);
    }
    for (const source of deleted) {
      await parameters.delete(parameterOf(source));
      io.out(`Deleted ${source.file}.\n`);
    }
  }
  return EXIT.ok;
}

/** Whether something is wrong with the sources, which is then told with all that may be unwise about them. */
function isRefused(sources: readonly Source[], io: Io): boolean {
  return checkSources(sources).findings.some(isError) && !passes(sources, io);
}

/**
 * What may be unwise about all that will be in force, what stays in SSM included: each by itself and beside the others.
 * Of what stays only what was not so before.
 */
function warningsOf(
  wanted: readonly Source[],
  staying: readonly Source[],
  present: readonly Source[],
): Finding[] {
  const textOf = ({ source, code, message }: Finding) => [source.file, code, message].join('\n');
  const before = new Set(checkSources(present).findings.map(textOf));
  return checkSources([...wanted, ...staying]).findings.filter(
    (finding) => !isError(finding) && (wanted.includes(finding.source) || !before.has(textOf(finding))),
  );
}

/** Whether nothing is wrong with the sources. What is, or may be unwise, is told as diagnostics. */
export function passes(sources: readonly Source[], io: Io): boolean {
  const { findings } = checkSources(sources);
  for (const finding of findings) io.err(findingText(finding, io.columns));
  const valid = !findings.some(isError);
  if (!valid) io.err(`${summaryText(findings, sources.length).trimEnd()} Nothing was written.\n`);
  return valid;
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}
