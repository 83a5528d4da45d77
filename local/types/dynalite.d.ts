declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** What this project sets of dynalite's options. */
  interface DynaliteOptions {
    /** Milliseconds that a table stays in CREATING; 500 by default. */
    readonly createTableMs?: number;
    /** Milliseconds that a table stays in DELETING; 500 by default. */
    readonly deleteTableMs?: number;
    /** Milliseconds that a table stays in UPDATING; 500 by default. */
    readonly updateTableMs?: number;
  }

  /** A server that need not listen: its `request` event does the work. */
  export default function dynalite(options?: DynaliteOptions): Server;
}
