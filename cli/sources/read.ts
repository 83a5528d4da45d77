import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { FILE_EXTENSIONS, kindOf, type Source, sourceName } from './source.ts';

const EXPECTED = FILE_EXTENSIONS.join(', ').replace(/, (?=[^,]*$)/, ' or ');

/**
 * Reads policies and settings from files, and from what directories hold directly.
 *
 * @param cwd - what relative paths start from.
 * @throws UsageError when a path is not there, is no such file, or is a directory without one.
 */
export async function readSources(paths: readonly string[], cwd: string): Promise<Source[]> {
  const found = await Promise.all(paths.map((path) => readPath(path, cwd)));
  return found.flat();
}

/**
 * Reads what a directory holds of policies and settings: maybe nothing.
 *
 * @throws UsageError when it is no directory.
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
  throw new UsageError(`${path} holds no policy: expected files ending in ${EXPECTED}.`);
}

async function readSource(path: string, cwd: string): Promise<Source> {
  const name = sourceName(basename(path));
  if (name === undefined)
    throw new UsageError(`${path} is no policy: expected a file ending in ${EXPECTED}.`);
  const text = await asUsageError(path, () => readFile(resolve(cwd, path), 'utf8'));
  return { file: path, name, kind: kindOf(name), text };
}

/** What the file system answers, or a sentence about why it does not. */
export async function asUsageError<T>(path: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = FILE_ERRORS[code ?? ''] ?? message;
    throw new UsageError(`${path} ${why}.`);
  }
}

const FILE_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by you',
  EISDIR: 'is a directory, where a file is expected',
  ENOTDIR: 'is a file, where a directory is expected',
};
