import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { plural } from '../format.ts';
import { asUsageError, readDirectory } from '../sources/read.ts';
import { parameterName, type Source } from '../sources/source.ts';
import { compareSources, formatChange, formatDeletion } from './changes.ts';
import type { SyncOptions } from './options.ts';
import { openParameterStore } from './parameter-store.ts';

/** The names of policies. They are safe as file names. */
const POLICY_NAME = /^[a-z0-9][a-z0-9-]*$/;

/** `escalator pull`: makes the files equal to the parameters. */
export async function pull(directory: string, options: SyncOptions, io: CommandIo): Promise<ExitCode> {
  const parameters = await openParameterStore(options, io).sources();
  for (const { file } of parameters.filter(({ name }) => !POLICY_NAME.test(name))) {
    io.err(
      `${file} is skipped: its name is not valid for a policy (lower-case letters, digits and hyphens).\n`,
    );
  }
  await asUsageError(directory, () => mkdir(resolve(io.cwd, directory), { recursive: true }));
  const files = await readDirectory(directory, io.cwd);
  const desired = parameters
    .filter(({ name }) => POLICY_NAME.test(name))
    .map((parameter) => toFile(parameter, directory, files));
  const { changes, surplus } = compareSources(files, desired);
  const deletions = options.prune ? surplus : [];
  for (const { from, to } of changes) {
    const parameter = parameters.find((source) => parameterName(source) === parameterName(to)) ?? to;
    io.out(formatChange({ from, to: parameter }, io.colours));
  }
  for (const source of deletions) io.out(formatDeletion(source, io.colours));
  for (const { file } of options.prune ? [] : surplus) {
    io.err(`${file} is not in SSM; it is left unchanged (--prune deletes it).\n`);
  }
  if (changes.length + deletions.length === 0) io.err('The files are up to date: nothing to write.\n');
  else if (options.dryRun) {
    io.err(`Dry run: ${plural(changes.length, 'file')} to write, ${deletions.length} to delete.\n`);
  } else {
    for (const { to } of changes) {
      await asUsageError(to.file, () => writeFile(resolve(io.cwd, to.file), to.text));
      io.out(`Wrote ${to.file}.\n`);
    }
    for (const { file } of deletions) {
      await asUsageError(file, () => rm(resolve(io.cwd, file)));
      io.out(`Deleted ${file}.\n`);
    }
  }
  return EXIT.ok;
}

/** The source with the path of its file, or of a new file. */
function toFile(source: Source, directory: string, files: readonly Source[]): Source {
  const existing = files.find((file) => parameterName(file) === parameterName(source));
  const extension = source.text.trimStart().startsWith('{') ? '.json' : '.yaml';
  return { ...source, file: existing?.file ?? join(directory, `${source.name}${extension}`) };
}
