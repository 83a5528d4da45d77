import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode, UsageError } from '../errors.ts';
import { plural } from '../format.ts';
import { formatPassedOver } from '../sources/passed-over.ts';
import { asUsageError, type Folder, readFolder, refuseEmptyPath } from '../sources/read.ts';
import { folderOf, isShared, parameterName, type Source } from '../sources/source.ts';
import { formatChange, formatDeletion } from './changes.ts';
import { compare } from './comparison.ts';
import { formatLocation } from './location.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { noteEqual } from './note-equal.ts';
import type { SyncOptions } from './options.ts';
import { openParameterStore, type StoredParameter } from './parameter-store.ts';
import { confirmDeletions } from './prune.ts';
import { type PullAction, planPull } from './pull-plan.ts';
import { isEncrypted, reportEncrypted, selectFiles } from './stored.ts';
import { requireUniqueNames } from './unique-names.ts';

/** `escalator pull`: writes what was changed in SSM to the files. */
export async function pull(directory: string, options: SyncOptions, io: CommandIo): Promise<ExitCode> {
  refuseEmptyPath(directory);
  const { location, parameters } = await openParameterStore(options, io).snapshot();
  io.err(`Source: ${formatLocation(location)}.\n`);
  if (parameters.length === 0) {
    throw new UsageError(
      'There is no policy and there are no settings. Check --prefix, --region and the AWS profile.',
    );
  }
  const { sources: files, passedOver } = await readFolderIfAny(directory, io);
  io.err(formatPassedOver(passedOver));
  requireUniqueNames(files);
  const hasEncrypted = reportEncrypted(parameters, io);
  const stored = selectFiles(parameters, io);
  const manifest = await readManifest(directory, location, io);
  const actions = planPull(compare(files, stored, manifest.bases), options.force ?? false).filter(
    (action) => !('to' in action && isEncrypted(action.to)),
  );
  const writes = actions.filter((action) => action.kind === 'write');
  const surplus = actions.flatMap((action) => (action.kind === 'surplus' ? [action.from] : []));
  const deletions = options.prune ? surplus : [];
  for (const change of writes) io.out(formatChange(change));
  for (const source of deletions) io.out(formatDeletion(source));
  const hasConflicts = reportKept(actions, options.prune ?? false, io);
  const exitCode = hasConflicts || hasEncrypted ? EXIT.problems : EXIT.ok;
  const isAnything = writes.length + deletions.length > 0;
  if (!isAnything) io.err('Nothing to write.\n');
  if (options.dryRun) {
    if (isAnything) {
      io.err(`Dry run: ${plural(writes.length, 'file')} to write, ${deletions.length} to delete.\n`);
    }
    return exitCode;
  }
  if (deletions.length > 0 && !stored.some(({ kind }) => kind === 'policy')) {
    throw new UsageError(
      'There is no policy in SSM, so --prune would delete all files. Nothing was written.',
    );
  }
  const question = deletions.map(({ file }) => file);
  if (!(await confirmDeletions(question, options.yes ?? false, io))) return EXIT.problems;
  await asUsageError(directory, () => mkdir(resolve(io.cwd, directory), { recursive: true }));
  noteEqual(manifest, files, stored, true);
  try {
    for (const { from, to } of writes) {
      await writeFileOf(to, from?.file ?? newFile(to, directory), manifest, io);
    }
    for (const source of deletions) {
      await asUsageError(source.file, () => rm(resolve(io.cwd, source.file)));
      manifest.forget(parameterName(source));
      io.out(`Deleted ${source.file}.\n`);
    }
  } finally {
    await manifest.save();
  }
  return exitCode;
}

/** A directory that does not exist yet has no files. */
async function readFolderIfAny(directory: string, io: CommandIo): Promise<Folder> {
  try {
    return await readFolder(directory, io.cwd);
  } catch (error) {
    if (error instanceof UsageError && error.message === `${directory} does not exist.`) {
      return { sources: [], passedOver: [] };
    }
    throw error;
  }
}

/** Says which files are left unchanged, and why. @returns whether there is any conflict. */
function reportKept(actions: readonly PullAction[], prune: boolean, io: CommandIo): boolean {
  let hasConflicts = false;
  for (const action of actions) {
    if (action.kind === 'keep') io.err(`${action.from.file} ${action.reason}.\n`);
    if (action.kind === 'surplus' && !prune) {
      io.err(`${action.from.file} is not in SSM any more; it is left unchanged (--prune deletes it).\n`);
    }
    if (action.kind === 'conflict') {
      hasConflicts = true;
      io.err(
        `${action.from.file} is in conflict: it was changed both here and in SSM (${action.to.file}, version ` +
          `${action.to.version}) since the last push or pull. It is left unchanged. escalator diff shows the ` +
          'difference. To take what SSM has, delete the file and pull; to replace it, push the file alone with ' +
          '--force.\n',
      );
    }
  }
  return hasConflicts;
}

async function writeFileOf(
  { kind, name, text, version }: StoredParameter,
  file: string,
  manifest: Manifest,
  io: CommandIo,
): Promise<void> {
  const path = resolve(io.cwd, file);
  await asUsageError(file, () => mkdir(dirname(path), { recursive: true }));
  await asUsageError(file, () => writeFile(path, text));
  manifest.note(parameterName({ kind, name }), version, text);
  io.out(`Wrote ${file}.\n`);
}

/** The path of a new file. */
function newFile({ kind, name, text }: Source, directory: string): string {
  const extension = text.trimStart().startsWith('{') ? '.json' : '.yaml';
  const folder = isShared(kind) ? join(directory, folderOf(kind)) : directory;
  return join(folder, `${name}${extension}`);
}
