import type { JsonObject } from '../../lambda/domain/json.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import { integerUpTo, optionalString } from './input.ts';

/** A page of a list, and the token of the next page if there is one. */
interface Page<T> {
  readonly items: readonly T[];
  readonly next: { readonly NextToken?: string };
}

/**
 * The page that a request selects with `MaxResults` (1 to `maxSize`, the default) and `NextToken`.
 *
 * @param keyOf - the key by which the items are sorted. The token contains the last key of the page, so that
 *   the next page continues after it even if the list has changed.
 * @throws AwsError InvalidNextToken
 */
export function paginate<T>(
  input: JsonObject,
  maxSize: number,
  items: readonly T[],
  keyOf: (item: T) => string,
): Page<T> {
  const size = integerUpTo(input, 'MaxResults', maxSize);
  const after = decodeToken(optionalString(input, 'NextToken'));
  const rest = after === undefined ? items : items.filter((item) => keyOf(item) > after);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  const more = rest.length > size && last !== undefined;
  return { items: page, next: more ? { NextToken: encodeToken(keyOf(last)) } : {} };
}

function encodeToken(key: string): string {
  return Buffer.from(`after:${key}`).toString('base64url');
}

function decodeToken(token: string | undefined): string | undefined {
  if (!token) return undefined;
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('after:')) {
    throw new AwsError('InvalidNextToken', 'The specified token is not valid.');
  }
  return text.slice('after:'.length);
}
