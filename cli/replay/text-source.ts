import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { type CommandIo, readText } from '../command-io.ts';
import { UsageError } from '../errors.ts';
import { asUsageError } from '../sources/read.ts';

/** A text that can be read several times. */
export interface TextSource {
  /** The path of the file, or `stdin`. */
  readonly name: string;
  /** The text in chunks, which may end within a line. */
  read(): AsyncIterable<string>;
}

/**
 * Opens a file, or stdin for `-`. A file that ends in `.gz` is decompressed. Stdin is held in memory.
 *
 * @throws UsageError when the file cannot be read. `read` throws it, too.
 */
export async function openTextSource(
  path: string,
  io: Pick<CommandIo, 'cwd' | 'stdin'>,
): Promise<TextSource> {
  if (path === '-') {
    const text = await readText(io.stdin);
    return {
      name: 'stdin',
      async *read() {
        yield text;
      },
    };
  }
  const absolute = resolve(io.cwd, path);
  const entry = await asUsageError(path, () => stat(absolute));
  if (entry.isDirectory()) throw new UsageError(`${path} is a directory; expected a file.`);
  return { name: path, read: () => readChunks(path, absolute) };
}

async function* readChunks(path: string, absolute: string): AsyncGenerator<string> {
  const file = createReadStream(absolute);
  const bytes = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  // A pipe does not forward errors.
  if (bytes !== file) file.on('error', (error) => bytes.destroy(error));
  const decoder = new TextDecoder();
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk as Uint8Array, { stream: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const failure = code?.startsWith('Z_') ? 'is not a gzip file' : 'cannot be read';
    throw new UsageError(`${path} ${failure} (${message}).`);
  } finally {
    file.destroy();
  }
}

/** The lines of a text, without their line ends. */
export async function* readLines(source: TextSource): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of source.read()) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest;
}
