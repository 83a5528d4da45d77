import type { IncomingMessage } from 'node:http';
import { AwsError } from './aws-error.ts';

/** Names that every resolver answers with this machine. https://www.rfc-editor.org/rfc/rfc6761#section-6.3 */
const OWN_NAME = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** What a browser says of a request that a person or a page of this endpoint began. */
const OWN_SITES = ['same-origin', 'none'];

/**
 * The error for a request that a page of another site made in a browser on this machine; undefined for all others.
 *
 * The endpoint checks no signatures, so any page that could reach it could read and change what it holds. A page reaches
 * it under its own name once that name resolves to this machine (DNS rebinding), which the header `Host` shows; or it
 * sends a request across origins, which `Origin` and `Sec-Fetch-Site` show. SDKs and the AWS CLI send neither of the two.
 */
export function foreignRequestError(request: Pick<IncomingMessage, 'headersDistinct'>): AwsError | undefined {
  const { host: hosts = [], origin: origins = [], 'sec-fetch-site': sites = [] } = request.headersDistinct;
  const [host] = hosts;
  if (hosts.length !== 1 || host === undefined || !OWN_NAME.test(host)) {
    return refused(`the header Host is ${shown(hosts)}. Write 127.0.0.1, localhost or [::1] as its host`);
  }
  if (origins.some((origin) => origin.toLowerCase() !== `http://${host.toLowerCase()}`)) {
    return refused(`the header Origin is ${shown(origins)}. Call the endpoint from no web page`);
  }
  if (sites.some((site) => !OWN_SITES.includes(site))) {
    return refused(`the header Sec-Fetch-Site is ${shown(sites)}. Call the endpoint from no web page`);
  }
  return undefined;
}

function refused(reason: string): AwsError {
  return new AwsError(
    'AccessDeniedException',
    `The local endpoint answers this machine alone: ${reason}.`,
    403,
  );
}

function shown(values: readonly string[]): string {
  return values.length === 0 ? 'missing' : values.map((value) => JSON.stringify(value)).join(', ');
}
