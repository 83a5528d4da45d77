import type { CommandIo } from '../command-io.ts';

/** SSM takes about three writes a second of an account and Region, which others may use, too. */
const WRITES_AT_ONCE = 3;
const WRITE_INTERVAL_MS = 350;

/** The waits before a throttled request is sent again, in milliseconds. The SDK has tried three times by then. */
const RETRY_WAITS_MS = [1_000, 2_000, 4_000, 8_000, 16_000] as const;

const THROTTLED = /Throttl|TooManyUpdates|RequestLimitExceeded|TooManyRequests/;

/** Keeps a sequence of writes within the rate of SSM. */
export function createPacer(io: Pick<CommandIo, 'sleep'>) {
  let writes = 0;
  return {
    /** Waits until the next write is due. The first three are due at once. */
    async next(): Promise<void> {
      writes += 1;
      if (writes > WRITES_AT_ONCE) await io.sleep(WRITE_INTERVAL_MS);
    },
  };
}

/** Sends a request again while SSM throttles it, for half a minute. Any other error is thrown at once. */
export async function retryThrottled<T>(io: Pick<CommandIo, 'sleep'>, request: () => Promise<T>): Promise<T> {
  for (const wait of RETRY_WAITS_MS) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof Error && THROTTLED.test(error.name))) throw error;
      await io.sleep(wait);
    }
  }
  return request();
}
