import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { formatChange, formatDeletion } from './changes.ts';
import { noteEqual } from './note-equal.ts';
import { type PreparedPush, type PushOptions, preparePush } from './prepare-push.ts';
import { confirmDeletions } from './prune.ts';
import { runPush } from './push-run.ts';

/**
 * `escalator push`: sends what was changed in the files. Writes nothing if any file has a problem, or others
 * changed the same in SSM.
 */
export async function push(path: string, options: PushOptions, io: CommandIo): Promise<ExitCode> {
  const prepared = await preparePush(path, options, io);
  return prepared ? pushPrepared(prepared, options, io) : EXIT.problems;
}

/** Prints and does what was prepared. */
export async function pushPrepared(
  prepared: PreparedPush,
  options: PushOptions,
  io: CommandIo,
): Promise<ExitCode> {
  const { store, isFolder, desired, compared, manifest, writes, deletions, remaining } = prepared;
  for (const change of writes) io.out(formatChange(change));
  for (const source of deletions) io.out(formatDeletion(source));
  for (const note of remaining) io.err(`${note}\n`);
  if (writes.length + deletions.length === 0) io.err(upToDate(prepared));
  if (options.dryRun) {
    if (writes.length + deletions.length > 0) io.err(formatDryRun(writes.length, deletions.length));
    return EXIT.ok;
  }
  const question = deletions.map(({ file }) => file);
  if (!(await confirmDeletions(question, options.yes ?? false, io))) return EXIT.problems;
  noteEqual(manifest, desired, compared, isFolder);
  // A push of one file says nothing about the others, so it begins no manifest.
  const kept = isFolder || manifest.bases ? manifest : undefined;
  return runPush({ store, writes, deletions, manifest: kept, prefix: options.prefix }, io);
}

function upToDate({ isAnyKept }: PreparedPush): string {
  return isAnyKept
    ? 'No file has a change to send: nothing to write.\n'
    : 'SSM is up to date: nothing to write.\n';
}

function formatDryRun(writes: number, deletions: number): string {
  return `Dry run: ${writes} parameter${writes === 1 ? '' : 's'} to write, ${deletions} to delete.\n`;
}
