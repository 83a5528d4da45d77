import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { plural } from '../format.ts';
import { readSources } from '../sources/read.ts';
import { parameterName } from '../sources/source.ts';
import { isError, validateSources } from '../sources/validate.ts';
import { compareSources, formatChange, formatDeletion } from './changes.ts';
import { newFindings } from './new-findings.ts';
import type { SyncOptions } from './options.ts';
import { openParameterStore } from './parameter-store.ts';
import { reportFindings } from './report-findings.ts';

/** `escalator push`: makes the parameters equal to the files. Writes nothing if any file has a problem, or gives one to what remains in SSM. */
export async function push(directory: string, options: SyncOptions, io: CommandIo): Promise<ExitCode> {
  const desired = await readSources([directory], io.cwd);
  const { findings } = validateSources(desired);
  // The settings, which decide the order of steps, may be in SSM alone.
  if (findings.some((finding) => isError(finding) && finding.code !== 'step-order')) {
    reportFindings(findings, desired.length, io);
    return EXIT.problems;
  }
  const store = openParameterStore(options, io);
  const current = await store.sources();
  const { changes, surplus } = compareSources(current, desired);
  const deletions = options.prune ? surplus.filter(({ kind }) => kind === 'policy') : [];
  const remaining = surplus.filter((source) => !deletions.includes(source));
  const caused = newFindings(desired, remaining, current);
  if (!reportFindings(caused, desired.length + remaining.length, io)) return EXIT.problems;
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
