import { createGunzip } from 'node:zlib';

/** The number of compressed bytes that are decompressed at a time. */
const INPUT_BYTES = 16_384;

/**
 * Decompresses gzip with any number of members. Data that ends early or is damaged is decompressed up to there.
 *
 * @param onFailure - called when the data ends early or is damaged, with the reason.
 */
export async function* gunzip(
  bytes: AsyncIterable<Uint8Array>,
  onFailure: (reason: string) => void,
): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 65_536 });
  const output: Uint8Array[] = [];
  let failure: Error | undefined;
  stream.on('data', (chunk: Uint8Array) => output.push(chunk));
  stream.on('error', (error) => {
    failure = error;
  });
  const settled = new Promise<void>((resolve) => stream.once('close', resolve));
  try {
    for await (const chunk of bytes) {
      for (let start = 0; start < chunk.length && !failure; start += INPUT_BYTES) {
        // Each write is awaited: output before a failure would be lost with one that is still to come.
        await new Promise((resolve) => stream.write(chunk.subarray(start, start + INPUT_BYTES), resolve));
        yield* output.splice(0);
      }
      if (failure) break;
    }
    if (!failure) stream.end();
    await settled;
    yield* output.splice(0);
    if (failure) onFailure(failure.message);
  } finally {
    stream.destroy();
  }
}
