import { formatAwsError } from '../../aws/call-aws.ts';

const DENIED = /AccessDenied|NotAuthorized|Unauthorized/;

/**
 * Says that something could not be read.
 *
 * @param words - what is left out.
 * @param action - the IAM action that reads it.
 */
export function missingSentence(
  words: string,
  action: string,
  error: unknown,
): { readonly isDenied: boolean; readonly sentence: string } {
  const isDenied = error instanceof Error && DENIED.test(error.name);
  const sentence = isDenied
    ? `Left out: ${words}. IAM does not allow ${action}.`
    : `Not read now: ${words}. ${formatAwsError(`call ${action}`, error)}`;
  return { isDenied, sentence };
}
