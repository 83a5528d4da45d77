import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import type { CommandIo } from '../command-io.ts';
import { AwsError } from '../errors.ts';
import type { ReadState, StateReader } from './read-state.ts';

export interface WatchOptions {
  /** Seconds between two looks. Undefined: one look. */
  readonly watch?: number;
}

/** What is printed of a state. */
export interface Rendered {
  readonly text: string;
  /** The contacts in it. Their records are read at each look. Default: none. */
  readonly shown?: readonly ContactKey[];
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
  render: (read: ReadState) => Rendered | Promise<Rendered>,
): Promise<void> {
  let last = await render(await reader.read());
  if (watch === undefined) {
    io.out(last.text);
    return;
  }
  const end = new AbortController();
  const stopListening = io.onInterrupt(() => end.abort());
  try {
    let failure = '';
    while (!end.signal.aborted) {
      io.clear?.();
      io.out(last.text);
      if (failure !== '') io.err(`escalator: ${failure} What is shown is older.\n`);
      await io.sleep(watch * 1_000, end.signal);
      if (end.signal.aborted) return;
      try {
        last = await render(await reader.read(last.shown));
        failure = '';
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        failure = error.message;
      }
    }
  } finally {
    stopListening();
  }
}
