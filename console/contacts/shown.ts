import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { PageState } from '../../cli/watch/page-state.ts';
import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import { PAGE_ID } from '../connection.ts';

/** Scrolling passes by many rows. */
const SETTLE_MS = 150;

/** The contacts that are on the screen. */
export interface Shown {
  /** Their next changes as of the look before they were shown. */
  readonly next: PageState['next'];
  /** To be called with the contacts of the rows that are drawn. */
  readonly show: (contacts: readonly ContactKey[]) => void;
}

/**
 * Says to the server which contacts are on the screen, so that it reads their records at each look.
 *
 * @param open - the contact that is open, alone on the screen.
 * @param isConnected - a server that was lost must be asked again.
 */
export function useShown(open: ContactKey | undefined, isConnected: boolean): Shown {
  const [next, setNext] = useState<PageState['next']>({});
  const timer = useRef<number | undefined>(undefined);
  const sent = useRef('');
  const connected = useRef(isConnected);
  connected.current = isConnected;
  const wanted = useRef<readonly ContactKey[]>([]);
  const send = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const contacts = wanted.current.map(({ instanceId, contactId }) => ({ instanceId, contactId }));
      const body = JSON.stringify(contacts);
      if (!connected.current || body === sent.current) return;
      sent.current = body;
      fetch(`shown/${PAGE_ID}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
        .then(async (response) => {
          if (response.ok) setNext(await response.json());
          else sent.current = '';
        })
        .catch(() => {
          sent.current = '';
        });
    }, SETTLE_MS);
  }, []);
  const openKey = open && keyString(open);
  useEffect(() => {
    if (!isConnected) sent.current = '';
    if (open) wanted.current = [open];
    send();
  }, [openKey, isConnected]);
  const show = useCallback<Shown['show']>(
    (contacts) => {
      wanted.current = contacts;
      send();
    },
    [send],
  );
  return { next, show };
}
