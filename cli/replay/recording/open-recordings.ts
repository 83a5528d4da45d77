import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { CommandIo } from '../../command-io.ts';
import { UsageError } from '../../errors.ts';
import { asUsageError, refuseEmptyPath } from '../../sources/read.ts';
import { createTextSource, readBytes, type TextSource } from './text-source.ts';

/** A source of a recording. */
export interface RecordingSource extends TextSource {
  /** Whether it was found in a folder: then it may be something else than a recording. */
  readonly isFromFolder: boolean;
}

/** @throws UsageError where stdin is to be read more than once. */
export function refuseStdinTwice(paths: readonly string[]): void {
  if (paths.filter((path) => path === '-').length > 1)
    throw new UsageError('Stdin (-) can be read only once.');
}

/**
 * Opens files, folders with all files below them, and stdin for `-`. Stdin and pipes are held in memory. Files in
 * folders are in the order of their paths; names that begin with a dot and links to folders are passed over.
 *
 * @throws UsageError when a path does not exist, or a folder has no file.
 */
export async function openRecordings(
  paths: readonly string[],
  io: Pick<CommandIo, 'cwd' | 'stdin'>,
): Promise<RecordingSource[]> {
  const sources: RecordingSource[] = [];
  for (const path of paths) sources.push(...(await openPath(path, io)));
  return sources;
}

async function openPath(
  path: string,
  { cwd, stdin }: Pick<CommandIo, 'cwd' | 'stdin'>,
): Promise<RecordingSource[]> {
  if (path === '-') return [await openStream('stdin', stdin)];
  refuseEmptyPath(path);
  const absolute = resolve(cwd, path);
  const found = await asUsageError(path, () => stat(absolute));
  if (found.isFile()) return [openFile(path, absolute, false)];
  // A pipe such as <(aws …) can be read once only.
  if (!found.isDirectory()) return [await openStream(path, readBytes(path, absolute))];
  const files = await asUsageError(path, () => filesBelow(absolute));
  if (files.length === 0) throw new UsageError(`${path} has no file; expected a folder with recordings.`);
  return files.map((file) => openFile(join(path, file), join(absolute, file), true));
}

function openFile(path: string, absolute: string, isFromFolder: boolean): RecordingSource {
  return { ...createTextSource(path, () => readBytes(path, absolute)), isFromFolder };
}

async function openStream(
  name: string,
  stream: AsyncIterable<string | Uint8Array>,
): Promise<RecordingSource> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  const source = createTextSource(name, async function* () {
    yield* chunks;
  });
  return { ...source, isFromFolder: false };
}

/** The paths of the files below a folder, relative to it. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) {
      const below = await filesBelow(join(folder, entry.name));
      files.push(...below.map((file) => join(entry.name, file)));
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(folder, entry.name))))) {
      files.push(entry.name);
    }
  }
  return files;
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
