import { useEffect, useState } from 'preact/hooks';
import type { ContactPage } from '../../cli/watch/contact-page.ts';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { ZONE } from '../words.ts';

/** What the server said of a contact. */
export interface FoundContact {
  readonly page?: ContactPage;
  /** Why it could not be read; what is shown is older then. */
  readonly problem?: string;
}

/** Reads a contact, and again after each look. @param at - the time of the last look. */
export function useContact({ instanceId, contactId }: ContactKey, at: number): FoundContact {
  const [found, setFound] = useState<FoundContact>({});
  useEffect(() => {
    const stop = new AbortController();
    const path = [instanceId, contactId, ZONE].map(encodeURIComponent).join('/');
    read(`contacts/${path}`, stop.signal)
      .then((answer) => setFound((last) => ({ ...last, problem: undefined, ...answer }) as FoundContact))
      .catch(() => {
        // The connection was lost, which the top of the page says, or another contact was opened.
      });
    return () => stop.abort();
  }, [instanceId, contactId, at]);
  return found;
}

async function read(path: string, signal: AbortSignal): Promise<FoundContact> {
  const response = await fetch(path, { signal });
  const answer: unknown = await response.json();
  return response.ok
    ? { page: answer as ContactPage }
    : { problem: (answer as { readonly message: string }).message };
}
