import type { IncomingMessage } from 'node:http';
import { type ForeignHeader, foreignHeader } from '../../cli/watch/foreign-header.ts';
import { AwsError } from './aws-error.ts';

/** What to do instead of what a header shows. */
const ADVICE: Readonly<Record<ForeignHeader['name'], string>> = {
  Host: 'Write 127.0.0.1, localhost or [::1] as its host',
  Origin: 'Call the endpoint from no web page',
  'Sec-Fetch-Site': 'Call the endpoint from no web page',
};

/**
 * The error for a request that a page of another site made in a browser on this machine; undefined for all others.
 *
 * The endpoint checks no signatures, so any page that could reach it could read and change what it holds. SDKs and the
 * AWS CLI send neither `Origin` nor `Sec-Fetch-Site`.
 */
export function foreignRequestError(request: Pick<IncomingMessage, 'headersDistinct'>): AwsError | undefined {
  const foreign = foreignHeader(request);
  if (!foreign) return undefined;
  const { name, values } = foreign;
  return refused(`the header ${name} is ${shown(values)}. ${ADVICE[name]}`);
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
