declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** The options of dynalite that this project sets. */
  interface DynaliteOptions {
    /** Milliseconds that a table is in the state CREATING; 500 by default. */
    readonly createTableMs?: number;
    /** Milliseconds that a table is in the state DELETING; 500 by default. */
    readonly deleteTableMs?: number;
    /** Milliseconds that a table is in the state UPDATING; 500 by default. */
    readonly updateTableMs?: number;
  }

  /** A server that handles requests through its `request` event, without a port. */
  export default function dynalite(options?: DynaliteOptions): Server;
}
