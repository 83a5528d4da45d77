import { createGunzip } from 'node:zlib';

/** The number of compressed bytes that are decompressed at a time. */
const INPUT_BYTES = 16_384;

interface Failure {
  readonly reason: string;
  /** The offset of the input that could not be decompressed. */
  readonly offset: number;
}

/**
 * Decompresses gzip with any number of members. Data that ends early or is damaged is decompressed up to there.
 *
 * @param open - the compressed bytes from the beginning, each time.
 * @param onFailure - called when the data ends early or is damaged, with the reason.
 */
export async function* gunzip(
  open: () => AsyncIterable<Uint8Array>,
  onFailure: (reason: string) => void,
): AsyncGenerator<Uint8Array> {
  const failures: Failure[] = [];
  let written = 0;
  for await (const chunk of inflate(open(), Number.POSITIVE_INFINITY, (failure) => failures.push(failure))) {
    written += chunk.length;
    yield chunk;
  }
  const [failure] = failures;
  if (!failure) return;
  // What the failed write had decompressed before the damage is lost, so that part is decompressed byte by byte.
  let known = written;
  for await (const chunk of inflate(open(), failure.offset, () => {})) {
    if (chunk.length > known) yield chunk.subarray(known);
    known = Math.max(0, known - chunk.length);
  }
  onFailure(failure.reason);
}

/** @param slowFrom - the offset of the input from which on bytes are written one by one. */
async function* inflate(
  bytes: AsyncIterable<Uint8Array>,
  slowFrom: number,
  onFailure: (failure: Failure) => void,
): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 65_536 });
  const output: Uint8Array[] = [];
  let failure: Error | undefined;
  let offset = 0;
  stream.on('data', (chunk: Uint8Array) => output.push(chunk));
  stream.on('error', (error) => {
    failure = error;
  });
  const settled = new Promise<void>((resolve) => stream.once('close', resolve));
  try {
    for await (const chunk of bytes) {
      for (let start = 0; start < chunk.length; ) {
        const length = offset < slowFrom ? Math.min(INPUT_BYTES, slowFrom - offset) : 1;
        const part = chunk.subarray(start, start + length);
        // Each write is awaited. A write that fails does not call back.
        const written = new Promise<void>((resolve) => {
          stream.write(part, () => resolve());
        });
        await Promise.race([written, settled]);
        yield* output.splice(0);
        if (failure) break;
        start += part.length;
        offset += part.length;
      }
      if (failure) break;
    }
    if (!failure) stream.end();
    await settled;
    yield* output.splice(0);
    if (failure) onFailure({ reason: failure.message, offset });
  } finally {
    stream.destroy();
  }
}
