import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { type CommandIo, readText } from '../command-io.ts';
import { UsageError } from '../errors.ts';
import { asUsageError } from '../sources/read.ts';

/** A text that can be read more than once. */
export interface TextSource {
  /** As people know it. */
  readonly name: string;
  /** Its size as it is stored, in bytes; 0 where that is not known. */
  readonly bytes: number;
  /** The text in pieces that end anywhere. */
  read(): AsyncIterable<string>;
}

/**
 * Opens a file, or stdin for `-`. What ends in `.gz` is unpacked; stdin is kept in memory, since it comes only once.
 *
 * @throws UsageError when it cannot be read; from reading, too.
 */
export async function openTextSource(
  path: string,
  io: Pick<CommandIo, 'cwd' | 'stdin'>,
): Promise<TextSource> {
  if (path === '-') {
    const text = await readText(io.stdin);
    return {
      name: 'stdin',
      bytes: 0,
      async *read() {
        yield text;
      },
    };
  }
  const absolute = resolve(io.cwd, path);
  const entry = await asUsageError(path, () => stat(absolute));
  if (entry.isDirectory()) throw new UsageError(`${path} is a directory, where a file is expected.`);
  return { name: path, bytes: entry.size, read: () => readChunks(path, absolute) };
}

async function* readChunks(path: string, absolute: string): AsyncGenerator<string> {
  const file = createReadStream(absolute);
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  // A pipe does not hand errors on.
  if (bytes !== file) file.on('error', (error) => bytes.destroy(error));
  const decoder = new TextDecoder();
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk as Uint8Array, { stream: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const unpacked = code?.startsWith('Z_') ? 'is not what gzip writes, as its name says' : 'cannot be read';
    throw new UsageError(`${path} ${unpacked} (${message}).`);
  } finally {
    file.destroy();
  }
}

/** The lines of a text, without their ends. */
export async function* readLines(source: TextSource): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of source.read()) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest;
}
