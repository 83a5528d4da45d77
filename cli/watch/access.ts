import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { foreignHeader } from './foreign-header.ts';

/** The console is never on the port that a `Host` may leave out. */
const WITH_PORT = /:\d{1,5}$/;

/** A path that nobody can guess: who has it may see the page. 192 bits, in characters that need no escape in a URL. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/**
 * Why a request is refused; undefined where it may be answered. It must name this machine, come from the page itself or
 * from no page at all, and carry the token as the first part of its path.
 *
 * {@link foreignHeader} tells pages of other sites. Other users of this machine do not know the token.
 */
export function refusal(
  { headersDistinct, url = '/' }: Pick<IncomingMessage, 'headersDistinct' | 'url'>,
  token: string,
): string | undefined {
  const foreign = foreignHeader({ headersDistinct });
  const isNamed = foreign?.name !== 'Host' && WITH_PORT.test(headersDistinct.host?.[0] ?? '');
  if (!isNamed) return 'Open the address as escalator watch prints it.';
  if (foreign)
    return 'Pages of other sites are not answered. To open the console, paste its address into the browser.';
  const [, given = ''] = url.split(/[/?]/);
  return isEqual(given, token) ? undefined : 'Open the address as escalator watch prints it, to its end.';
}

function isEqual(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
