import type { Io } from './io.ts';

/** A run that takes no longer needs no progress. */
const QUIET_MS = 2_000;

const EACH_MS = 200;

/** Shows on a terminal how far a long run has come. */
export interface Progress {
  show(text: string): void;
  /** Takes the line away. */
  end(): void;
}

export function createProgress(io: Pick<Io, 'status' | 'now'>): Progress {
  let nextAt = io.now() + QUIET_MS;
  let shown = false;
  return {
    show(text) {
      if (!io.status || io.now() < nextAt) return;
      nextAt = io.now() + EACH_MS;
      shown = true;
      io.status(text);
    },
    end() {
      if (shown) io.status?.('');
      shown = false;
    },
  };
}
