import { createReadStream } from 'node:fs';
import { UsageError } from '../../errors.ts';
import { FILE_ERRORS } from '../../sources/read.ts';
import { fileKind, HEAD_BYTES } from './file-kind.ts';
import { gunzip } from './gunzip.ts';

/** How often a file may be compressed: CloudWatch Logs compresses, and Firehose compresses again. */
const MAX_COMPRESSIONS = 4;

/** Takes a sentence about a text, and whether its end is missing. */
type OnWarning = (warning: string, isCut: boolean) => void;

/** A text that can be read several times. */
export interface TextSource {
  /** The path of the file, or `stdin`. */
  readonly name: string;
  /**
   * The text in chunks, which may end within a line. Gzip and the encoding are recognized by the content.
   *
   * @param onWarning - called with a sentence when the text is not complete, or not as it was written.
   * @throws UnreadableFileError when the content is not text.
   * @throws UsageError when the file cannot be read.
   */
  read(onWarning?: OnWarning): AsyncIterable<string>;
}

/** A file whose content is not text. The message says what it is and how to convert it. */
export class UnreadableFileError extends UsageError {}

/** @param open - the bytes from the beginning, each time. */
export function createTextSource(name: string, open: () => AsyncIterable<Uint8Array>): TextSource {
  return {
    name,
    read: (onWarning = () => {}) => decode(name, open, onWarning, 0),
  };
}

/** The bytes of a file. */
export async function* readBytes(path: string, absolute: string): AsyncGenerator<Uint8Array> {
  const file = createReadStream(absolute);
  try {
    for await (const chunk of file) yield chunk as Uint8Array;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} ${FILE_ERRORS[code ?? ''] ?? `cannot be read (${message})`}.`);
  } finally {
    file.destroy();
  }
}

async function* decode(
  name: string,
  open: () => AsyncIterable<Uint8Array>,
  onWarning: OnWarning,
  compressions: number,
): AsyncGenerator<string> {
  const iterator = open()[Symbol.asyncIterator]();
  try {
    const { head, isEnd } = await readHead(iterator);
    const found = fileKind(head);
    const file = compressions > 0 ? `<(gzip -dc ${shellWord(name)})` : shellWord(name);
    if (found.kind === 'unreadable' || (found.kind === 'gzip' && compressions === MAX_COMPRESSIONS)) {
      const { is, convert } =
        found.kind === 'gzip'
          ? { is: `a file compressed ${compressions + 1} times`, convert: 'gzip -dc FILE' }
          : found;
      const isInner = compressions > 0 && found.kind === 'unreadable';
      throw new UnreadableFileError(
        `${name} is ${is}${isInner ? ' inside gzip' : ''}, which replay does not read; convert it, for example: ` +
          `${convert.replace('FILE', () => (isInner ? file : shellWord(name)))} | escalator replay - …`,
      );
    }
    if (found.kind === 'gzip') {
      const warn = (reason: string) =>
        onWarning(
          `The gzip data ends early or is damaged (${reason}): only what comes before was read.`,
          true,
        );
      yield* decode(name, () => gunzip(open, warn), onWarning, compressions + 1);
      return;
    }
    const decoder = new TextDecoder(found.encoding);
    let before: Uint8Array = new Uint8Array();
    let isWhole = true;
    for await (const chunk of withHead(head, isEnd, iterator)) {
      const text = decoder.decode(chunk, { stream: true });
      if (isWhole && found.encoding === 'utf-8' && text.includes('\ufffd')) {
        isWhole = Buffer.concat([before, chunk]).includes('\ufffd');
        if (!isWhole) onWarning(lostLetters(file), false);
      }
      before = chunk.subarray(-2);
      yield text;
    }
    yield decoder.decode();
  } finally {
    await iterator.return?.();
  }
}

/** Says that bytes are no UTF-8, so that values with such letters differ from those that a policy names. */
function lostLetters(file: string): string {
  return (
    'The text is not in UTF-8, so letters in it are lost; convert it, for example: ' +
    `iconv -f windows-1252 -t utf-8 ${file} | escalator replay - …`
  );
}

/** A path as a word of a shell command; FILE for stdin, which has none. */
function shellWord(name: string): string {
  if (name === 'stdin') return 'FILE';
  return /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}

/** Reads until what was read shows the kind of the file. */
async function readHead(iterator: AsyncIterator<Uint8Array>): Promise<{ head: Uint8Array; isEnd: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const { value, done } = await iterator.next();
    if (done) return { head: Buffer.concat(chunks), isEnd: true };
    chunks.push(value);
    length += value.length;
  }
  return { head: Buffer.concat(chunks), isEnd: false };
}

async function* withHead(
  head: Uint8Array,
  isEnd: boolean,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield head;
  while (!isEnd) {
    const { value, done } = await iterator.next();
    if (done) return;
    yield value;
  }
}
