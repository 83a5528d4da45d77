import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { decodeText } from './decode.ts';
import { FILE_EXTENSIONS, kindOf, SETTINGS_NAME, type Source, sourceName } from './source.ts';

const EXPECTED = FILE_EXTENSIONS.join(', ').replace(/, (?=[^,]*$)/, ' or ');

/**
 * Reads policies and settings from files and directories. Subdirectories are not read.
 *
 * @param cwd - the directory that relative paths start from.
 * @throws UsageError when a path does not exist, is not a policy or settings file, or is a directory without
 * one.
 */
export async function readSources(paths: readonly string[], cwd: string): Promise<Source[]> {
  const sources = await Promise.all(paths.map((path) => readPath(path, cwd)));
  return sources.flat();
}

/**
 * Reads the policies and settings in a directory. The result may be empty.
 *
 * @throws UsageError when the path is not a directory.
 */
export async function readDirectory(directory: string, cwd: string): Promise<Source[]> {
  const absolute = resolve(cwd, directory);
  const names = await asUsageError(directory, () => readdir(absolute));
  const files = names.filter((name) => sourceName(name) !== undefined).sort();
  return Promise.all(files.map((name) => readSource(join(directory, name), cwd)));
}

async function readPath(path: string, cwd: string): Promise<Source[]> {
  const entry = await asUsageError(path, () => stat(resolve(cwd, path)));
  if (!entry.isDirectory()) return [await readSource(path, cwd)];
  const sources = await readDirectory(path, cwd);
  if (sources.length > 0) return sources;
  throw new UsageError(`${path} has no policy: expected files ending in ${EXPECTED}.`);
}

async function readSource(path: string, cwd: string): Promise<Source> {
  const name = sourceName(basename(path));
  if (name === undefined)
    throw new UsageError(`${path} is not a policy: expected a file ending in ${EXPECTED}.`);
  const bytes = await asUsageError(path, () => readFile(resolve(cwd, path)));
  return { file: path, name, kind: kindOf(name), ...decodeText(bytes) };
}

/**
 * Reads the settings in the folders of the given policy files; those in directories are read with these anyway.
 *
 * @param sources - what was read from the paths.
 */
export async function readSettingsBeside(sources: readonly Source[], cwd: string): Promise<Source[]> {
  if (sources.some(({ kind }) => kind === 'settings')) return [];
  const folders = [...new Set(sources.map(({ file }) => dirname(file)))];
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = await asUsageError(folder, () => readdir(resolve(cwd, folder)));
      return names.filter((name) => sourceName(name) === SETTINGS_NAME).map((name) => join(folder, name));
    }),
  );
  return Promise.all(found.flat().map((path) => readSource(path, cwd)));
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
};
