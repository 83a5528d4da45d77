import type { IncomingMessage } from 'node:http';

/** Names that every resolver answers with this machine. https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const OWN_NAME = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** What a browser says of a request that a person or a page of this server began. */
const OWN_SITES = ['same-origin', 'none'];

/** A header that shows that a request is not from this machine, or from a page of another site. */
export interface ForeignHeader {
  readonly name: 'Host' | 'Origin' | 'Sec-Fetch-Site';
  /** Its values; empty where it is missing. */
  readonly values: readonly string[];
}

/**
 * The header that shows that a page of another site made a request in a browser on this machine; undefined for all
 * others.
 *
 * A page reaches this machine under its own name once that name resolves to it (DNS rebinding), which `Host` shows; or it
 * sends a request across origins, which `Origin` and `Sec-Fetch-Site` show.
 */
export function foreignHeader(request: Pick<IncomingMessage, 'headersDistinct'>): ForeignHeader | undefined {
  const { host: hosts = [], origin: origins = [], 'sec-fetch-site': sites = [] } = request.headersDistinct;
  const [host] = hosts;
  if (hosts.length !== 1 || host === undefined || !OWN_NAME.test(host))
    return { name: 'Host', values: hosts };
  if (origins.some((origin) => origin.toLowerCase() !== `http://${host.toLowerCase()}`)) {
    return { name: 'Origin', values: origins };
  }
  return sites.some((site) => !OWN_SITES.includes(site))
    ? { name: 'Sec-Fetch-Site', values: sites }
    : undefined;
}
