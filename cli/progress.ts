import type { CommandIo } from './command-io.ts';

/** A shorter run shows no progress. */
const INITIAL_DELAY_MS = 2_000;

const UPDATE_INTERVAL_MS = 200;

/** The progress of a long run, in one line of the terminal. */
export interface Progress {
  show(text: string): void;
  /** Clears the line. */
  end(): void;
}

export function createProgress(io: Pick<CommandIo, 'status' | 'now'>): Progress {
  let nextAt = io.now() + INITIAL_DELAY_MS;
  let isShown = false;
  return {
    show(text) {
      if (!io.status || io.now() < nextAt) return;
      nextAt = io.now() + UPDATE_INTERVAL_MS;
      isShown = true;
      io.status(text);
    },
    end() {
      if (isShown) io.status?.('');
      isShown = false;
    },
  };
}
