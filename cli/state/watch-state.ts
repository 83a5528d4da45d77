import type { CommandIo } from '../command-io.ts';
import { AwsError } from '../errors.ts';
import type { ReadState, StateReader } from './read-state.ts';

export interface WatchOptions {
  /** Seconds between two looks. Undefined: one look. */
  readonly watch?: number;
}

/**
 * Reads the state once and prints it, or again and again until a person interrupts it. On a terminal each look replaces
 * the one before. A request that fails is said, and tried again at the next look; the first one must succeed.
 *
 * @throws AwsError when the first look fails.
 */
export async function watchState(
  reader: StateReader,
  { watch }: WatchOptions,
  io: CommandIo,
  render: (read: ReadState) => string,
): Promise<void> {
  const first = render(await reader.read());
  if (watch === undefined) {
    io.out(first);
    return;
  }
  let isEnded = false;
  const stopListening = io.onInterrupt(() => {
    isEnded = true;
  });
  try {
    let [last, failure] = [first, ''];
    while (!isEnded) {
      io.clear?.();
      io.out(last);
      if (failure !== '') io.err(`escalator: ${failure} What is shown is older.\n`);
      await io.sleep(watch * 1_000);
      if (isEnded) return;
      try {
        [last, failure] = [render(await reader.read()), ''];
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        failure = error.message;
      }
    }
  } finally {
    stopListening();
  }
}
