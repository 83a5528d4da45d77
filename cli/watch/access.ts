import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Names that every resolver answers with this machine. https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const OWN_NAME = /^(?:localhost|127\.0\.0\.1|\[::1\]):\d{1,5}$/i;

/** What a browser says of a request that a person or the page itself began. */
const OWN_SITES = ['same-origin', 'none'];

/** A path that nobody can guess: who has it may see the page. 192 bits, in characters that need no escape in a URL. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/**
 * Why a request is refused; undefined where it may be answered. It must name this machine, come from the page itself or
 * from no page at all, and carry the token as the first part of its path.
 *
 * A page of another site reaches this machine by a name of its own that resolves to it, which `Host` shows, or by a
 * request across origins, which `Origin` and `Sec-Fetch-Site` show. Other users of this machine do not know the token.
 */
export function refusal(
  { headersDistinct, url = '/' }: Pick<IncomingMessage, 'headersDistinct' | 'url'>,
  token: string,
): string | undefined {
  const { host: hosts = [], origin: origins = [], 'sec-fetch-site': sites = [] } = headersDistinct;
  const [host = ''] = hosts;
  if (hosts.length !== 1 || !OWN_NAME.test(host)) return 'Open the address as escalator watch prints it.';
  const isOwn =
    origins.every((origin) => origin.toLowerCase() === `http://${host.toLowerCase()}`) &&
    sites.every((site) => OWN_SITES.includes(site));
  if (!isOwn)
    return 'Pages of other sites are not answered. To open the console, paste its address into the browser.';
  const [, given = ''] = url.split(/[/?]/);
  return isEqual(given, token) ? undefined : 'Open the address as escalator watch prints it, to its end.';
}

function isEqual(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
