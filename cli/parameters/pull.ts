import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { plural } from '../check/format.ts';
import type { CommandIo } from '../command-io.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { asUsageError, readDirectory } from '../sources/read.ts';
import { parameterName, type Source } from '../sources/source.ts';
import { compareSources, formatChange, formatDeletion } from './changes.ts';
import type { SyncOptions } from './options.ts';
import { openParameterStore } from './parameter-store.ts';

/** What may be the name of a file, and is the name of a policy. */
const POLICY_NAME = /^[a-z0-9][a-z0-9-]*$/;

/** `escalator pull`: makes the files like the parameters. */
export async function pull(directory: string, options: SyncOptions, io: CommandIo): Promise<ExitCode> {
  const remote = await openParameterStore(options).sources();
  for (const { file } of remote.filter(({ name }) => !POLICY_NAME.test(name))) {
    io.err(`${file} is left out: its name is that of no policy (lower-case letters, digits and hyphens).\n`);
  }
  await asUsageError(directory, () => mkdir(resolve(io.cwd, directory), { recursive: true }));
  const local = await readDirectory(directory, io.cwd);
  const wanted = remote
    .filter(({ name }) => POLICY_NAME.test(name))
    .map((source) => toFile(source, directory, local));
  const { changed: written, surplus } = compareSources(local, wanted);
  const deleted = options.prune ? surplus : [];
  for (const { from, to } of written) {
    const parameter = remote.find((source) => parameterName(source) === parameterName(to)) ?? to;
    io.out(formatChange({ ...(from ? { from } : {}), to: parameter }, io.colours));
  }
  for (const source of deleted) io.out(formatDeletion(source, io.colours));
  for (const { file } of options.prune ? [] : surplus) {
    io.err(`${file} is not in SSM; it is left as it is (--prune deletes it).\n`);
  }
  if (written.length + deleted.length === 0) io.err('The files have everything already: nothing to write.\n');
  else if (options.dryRun) {
    io.err(`Dry run: ${plural(written.length, 'file')} to write, ${deleted.length} to delete.\n`);
  } else {
    for (const { to } of written) {
      await asUsageError(to.file, () => writeFile(resolve(io.cwd, to.file), to.text));
      io.out(`Wrote ${to.file}.\n`);
    }
    for (const { file } of deleted) {
      await asUsageError(file, () => rm(resolve(io.cwd, file)));
      io.out(`Deleted ${file}.\n`);
    }
  }
  return EXIT.ok;
}

/** The parameter as the file that it has already, or as a new one. */
function toFile(source: Source, directory: string, local: readonly Source[]): Source {
  const present = local.find((one) => parameterName(one) === parameterName(source));
  const ending = source.text.trimStart().startsWith('{') ? '.json' : '.yaml';
  return { ...source, file: present?.file ?? join(directory, `${source.name}${ending}`) };
}
