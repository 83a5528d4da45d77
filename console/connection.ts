import { useEffect, useState } from 'preact/hooks';
import type { LookFailure, PageState } from '../cli/watch/page-state.ts';
import { setClock } from './clock.ts';
import { receivePlayback } from './playback/playback-store.ts';

/** What has come from the server. */
export interface Connection {
  /** The last state that arrived; undefined before the first. */
  readonly page?: PageState;
  /** Why the last look failed, while it has. */
  readonly failure?: string;
  /** Since when the connection has been lost, in milliseconds since the epoch, by this machine; absent while it stands. */
  readonly lostAt?: number;
}

/** What this page calls itself, so that the server knows which contacts each page shows. */
export const PAGE_ID = crypto.randomUUID();

/** A browser gives up for good after some errors: then the page tries again. */
const RETRY_MS = 2_000;

/** Follows the stream of states, and comes back to it after it was lost. */
export function useConnection(): Connection {
  const [connection, setConnection] = useState<Connection>({});
  useEffect(() => {
    let source: EventSource;
    let retry: number | undefined;
    function open(): void {
      source = new EventSource(`events/${PAGE_ID}`);
      source.addEventListener('state', ({ data }) => {
        const page = JSON.parse(data) as PageState;
        setClock(page.state.at);
        setConnection({ page });
      });
      source.addEventListener('failure', ({ data }) => {
        const { message } = JSON.parse(data) as LookFailure;
        setConnection(({ page }) => ({ ...(page && { page }), failure: message }));
      });
      source.addEventListener('playback', ({ data }) => receivePlayback(JSON.parse(data)));
      source.addEventListener('error', () => {
        setConnection((last) => ({ ...last, lostAt: last.lostAt ?? Date.now() }));
        if (source.readyState !== EventSource.CLOSED) return;
        clearTimeout(retry);
        retry = setTimeout(open, RETRY_MS);
      });
    }
    open();
    return () => {
      clearTimeout(retry);
      source.close();
    };
  }, []);
  return connection;
}
