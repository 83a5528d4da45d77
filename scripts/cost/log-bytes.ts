import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const POLL_INTERVAL_MS = 50;

/**
 * The size of the logs in a directory, as soon as it does not grow any more: log files are written
 * asynchronously.
 */
export async function logBytes(directory: string): Promise<number> {
  let before = Number.NaN;
  for (;;) {
    const bytes = directoryBytes(directory);
    if (bytes === before) return bytes;
    before = bytes;
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}

function directoryBytes(directory: string): number {
  return readdirSync(directory).reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
}
