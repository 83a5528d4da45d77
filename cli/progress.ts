import type { CommandIo } from './command-io.ts';

/** A run that takes no longer needs no progress. */
const INITIAL_DELAY_MS = 2_000;

const UPDATE_INTERVAL_MS = 200;

/** Shows on a terminal how far a long run has come. */
export interface Progress {
  show(text: string): void;
  /** Takes the line away. */
  end(): void;
}

export function createProgress(io: Pick<CommandIo, 'status' | 'now'>): Progress {
  let nextAt = io.now() + INITIAL_DELAY_MS;
  let shown = false;
  return {
    show(text) {
      if (!io.status || io.now() < nextAt) return;
      nextAt = io.now() + UPDATE_INTERVAL_MS;
      shown = true;
      io.status(text);
    },
    end() {
      if (shown) io.status?.('');
      shown = false;
    },
  };
}
