import type { Stats } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type CommandIo, readText } from '../command-io.ts';
import { UsageError } from '../errors.ts';
import { decodeText } from './decode.ts';
import { formatPassedOver, type PassedOver, passOver } from './passed-over.ts';
import { FILE_EXTENSIONS, isShared, isSharedFolder, kindOf, type Source, sourceName } from './source.ts';

const EXPECTED = FILE_EXTENSIONS.join(', ').replace(/, (?=[^,]*$)/, ' or ');

/** Where relative paths start, and where the names of files that are not read are said. */
export type ReadIo = Pick<CommandIo, 'cwd' | 'err'>;

/** The policies and settings in a directory, and what else is in it. */
export interface Folder {
  readonly sources: readonly Source[];
  readonly passedOver: readonly PassedOver[];
}

/**
 * Reads policies, what they share, and settings from files and directories, each file once. Of subdirectories only
 * `calendars` and `conditions` are read. Says which entries of the directories are not read, and why.
 *
 * @throws UsageError when a path does not exist, is not a policy or settings file, or is a directory without
 * one.
 */
export async function readSources(paths: readonly string[], io: ReadIo): Promise<Source[]> {
  const folders = await Promise.all(paths.map((path) => readPath(path, io.cwd)));
  for (const { passedOver } of folders) io.err(formatPassedOver(passedOver));
  const empty = paths.find((_, index) => folders[index]?.sources.length === 0);
  if (empty !== undefined) {
    throw new UsageError(`${empty} has no policy: expected files ending in ${EXPECTED}.`);
  }
  // `check policies policies/*.yaml` names each file twice.
  const byPath = new Map(
    folders.flatMap(({ sources }) => sources).map((source) => [resolve(io.cwd, source.file), source]),
  );
  return [...byPath.values()];
}

/**
 * Reads the policies and settings in a directory, and the calendars and conditions in its subdirectories. The result may be empty.
 *
 * @throws UsageError when the path is not a directory, or a policy in it cannot be read.
 */
export async function readFolder(directory: string, cwd: string): Promise<Folder> {
  const names = (await asUsageError(directory, () => readdir(resolve(cwd, directory)))).sort();
  const passedOver: PassedOver[] = [];
  const files: string[] = [];
  const nested: Source[] = [];
  for (const name of names) {
    const path = join(directory, name);
    const stats = await statEntry(path, cwd);
    if (stats?.isDirectory() && isSharedFolder(resolve(cwd, path))) {
      const shared = await readFolder(path, cwd);
      nested.push(...shared.sources);
      passedOver.push(...shared.passedOver);
      continue;
    }
    const reason = passOver(name, stats, EXPECTED);
    if (reason === undefined) files.push(path);
    else if (reason) passedOver.push({ file: path, ...reason });
  }
  const sources = await Promise.all(files.map((file) => readSource(file, cwd)));
  return { sources: [...nested, ...sources], passedOver };
}

/**
 * Refuses an empty path, such as that of a shell variable without a value: it would be the current directory.
 *
 * @throws UsageError
 */
export function refuseEmptyPath(path: string): void {
  if (path.trim() === '') throw new UsageError('The path is empty. Write . for the current directory.');
}

/**
 * Refuses `-`, which other commands take for stdin. A file of that name is `./-`.
 *
 * @throws UsageError
 */
function refuseStdin(path: string): void {
  if (path === '-')
    throw new UsageError('- (stdin) is not read here: expected the path of a file or directory.');
}

/** @throws UsageError when the path does not exist. */
export async function isDirectory(path: string, cwd: string): Promise<boolean> {
  return (await asUsageError(path, () => stat(resolve(cwd, path)))).isDirectory();
}

async function readPath(path: string, cwd: string): Promise<Folder> {
  refuseEmptyPath(path);
  refuseStdin(path);
  if (await isDirectory(path, cwd)) return readFolder(path, cwd);
  return { sources: [await readSource(path, cwd)], passedOver: [] };
}

/** Undefined for a link to nothing. */
async function statEntry(path: string, cwd: string): Promise<Stats | undefined> {
  try {
    return await stat(resolve(cwd, path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    return asUsageError(path, () => Promise.reject(error));
  }
}

async function readSource(path: string, cwd: string): Promise<Source> {
  const name = sourceName(basename(path));
  if (name === undefined)
    throw new UsageError(`${path} is not a policy: expected a file ending in ${EXPECTED}.`);
  const bytes = await asUsageError(path, () => readFile(resolve(cwd, path)));
  const folder = basename(dirname(resolve(cwd, path)));
  return { file: path, name, kind: kindOf(name, folder), ...decodeText(bytes) };
}

/**
 * Reads what the given policies depend on, from the folders of their files: settings, where none are given, and
 * what they share. Those in directories are read with these anyway.
 *
 * @param sources - what was read from the paths.
 */
export async function readBeside(sources: readonly Source[], cwd: string): Promise<Source[]> {
  const policies = sources.filter(({ kind }) => kind === 'policy');
  const folders = [...new Set(policies.map(({ file }) => dirname(file)))];
  const beside = await Promise.all(folders.map((folder) => readFolder(folder, cwd)));
  const known = new Set(sources.map(({ file }) => resolve(cwd, file)));
  const hasSettings = sources.some(({ kind }) => kind === 'settings');
  return beside
    .flatMap((folder) => folder.sources)
    .filter(({ kind }) => isShared(kind) || (kind === 'settings' && !hasSettings))
    .filter(({ file }) => !known.has(resolve(cwd, file)));
}

/** Reads a text file. @throws UsageError when it cannot be read, or is not in UTF-8. */
export async function readTextFile(path: string, cwd: string): Promise<string> {
  const bytes = await asUsageError(path, () => readFile(resolve(cwd, path)));
  const { text, encodingProblem } = decodeText(bytes);
  if (!encodingProblem) return text;
  throw new UsageError(
    `${path}:${encodingProblem.line}:${encodingProblem.column}: ${encodingProblem.message}`,
  );
}

/** As {@link readTextFile}; of `-`, what stdin has. */
export async function readTextOrStdin(path: string, io: Pick<CommandIo, 'cwd' | 'stdin'>): Promise<string> {
  return path === '-' ? readText(io.stdin) : readTextFile(path, io.cwd);
}

/** Runs an operation of the file system. @throws UsageError in place of any other error. */
export async function asUsageError<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} ${FILE_ERRORS[code ?? ''] ?? message}.`);
  }
}

/** What went wrong, by the code of the error. */
export const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'cannot be accessed: permission denied',
  EISDIR: 'is a directory; expected a file',
  ENOTDIR: 'is a file; expected a directory',
  EEXIST: 'is a file; expected a directory',
  ELOOP: 'is a link that leads back to itself',
  ENAMETOOLONG: 'is too long for the path of a file',
};
