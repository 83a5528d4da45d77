import { formatFindings } from '../check/format.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { plural } from '../format.ts';
import { readSources } from '../sources/read.ts';
import { parameterName, type Source } from '../sources/source.ts';
import { type Finding, isError, validateSources } from '../sources/validate.ts';
import { compareSources, formatChange, formatDeletion } from './changes.ts';
import type { SyncOptions } from './options.ts';
import { openParameterStore } from './parameter-store.ts';
import { reportFindings } from './report-findings.ts';

/** `escalator push`: makes the parameters equal to the files. Writes nothing if any file has a problem. */
export async function push(directory: string, options: SyncOptions, io: CommandIo): Promise<ExitCode> {
  const desired = await readSources([directory], io.cwd);
  if (validateSources(desired).findings.some(isError)) {
    reportFindings(desired, io);
    return EXIT.problems;
  }
  const store = openParameterStore(options, io);
  const current = await store.sources();
  const { changes, surplus } = compareSources(current, desired);
  const deletions = options.prune ? surplus.filter(({ kind }) => kind === 'policy') : [];
  const remaining = surplus.filter((source) => !deletions.includes(source));
  io.err(formatFindings(newWarnings(desired, remaining, current), io.columns));
  for (const change of changes) io.out(formatChange(change, io.colours));
  for (const source of deletions) io.out(formatDeletion(source, io.colours));
  for (const { file, kind } of remaining) {
    const hint = kind === 'policy' ? ' (--prune deletes it)' : '';
    io.err(`${file} has no file in ${directory}; it is left unchanged${hint}.\n`);
  }
  if (changes.length + deletions.length === 0) io.err('SSM is up to date: nothing to write.\n');
  else if (options.dryRun) {
    io.err(`Dry run: ${plural(changes.length, 'parameter')} to write, ${deletions.length} to delete.\n`);
  } else {
    for (const { to } of changes) {
      const { version, tier } = await store.put(parameterName(to), to.text);
      const note = tier === 'Advanced' ? ', an advanced parameter, which AWS charges for' : '';
      io.out(`Wrote ${options.prefix}/${parameterName(to)}, version ${version}${note}.\n`);
    }
    for (const source of deletions) {
      await store.delete(parameterName(source));
      io.out(`Deleted ${source.file}.\n`);
    }
  }
  return EXIT.ok;
}

/**
 * The warnings about the policies that SSM has after the push. Warnings about policies that remain in SSM are
 * included only if the push causes them.
 */
function newWarnings(
  desired: readonly Source[],
  remaining: readonly Source[],
  current: readonly Source[],
): Finding[] {
  const keyOf = ({ source, code, message }: Finding) => [source.file, code, message].join('\n');
  const before = new Set(validateSources(current).findings.map(keyOf));
  return validateSources([...desired, ...remaining]).findings.filter(
    (finding) => !isError(finding) && (desired.includes(finding.source) || !before.has(keyOf(finding))),
  );
}
