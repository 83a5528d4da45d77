import { AwsError } from '../errors.ts';

/** What an error of the SDK tells of itself. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

/** What to do about errors, by a pattern of `name code message`. The first that fits counts. */
const ADVICE: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [
    /^CredentialsProviderError|Could not load credentials|Resolved credential object/,
    'Give AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (any will do for the local system).',
  ],
  [/Region is missing|Region not accepted/, 'Pass --region, or set AWS_REGION.'],
  [/ECONNREFUSED/, 'Nothing listens there: check --endpoint-url and AWS_ENDPOINT_URL, or run npm start.'],
  [/ENOTFOUND|EAI_AGAIN/, 'The host name is not known: check the Region, the endpoint and the network.'],
  [
    /TimeoutError|ETIMEDOUT|ECONNRESET|EPIPE/,
    'AWS did not answer in time: check the network, then try again.',
  ],
  [
    /ExpiredToken|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|InvalidClientTokenId/,
    'Renew the AWS credentials, for example with aws sso login.',
  ],
  [/AccessDenied|NotAuthorized/, 'Use a role that may do this.'],
  [/QueueDoesNotExist|NonExistentQueue/, 'Check --queue-url, --prefix and the Region.'],
  [
    /^ResourceNotFoundException/,
    "Pass --table with the stack's output ContactsTableName, and check the Region.",
  ],
  [/^ParameterNotFound/, 'Check the name, --prefix and the Region.'],
  [/Throttl|TooManyUpdates|RequestLimitExceeded/, 'Too many requests: wait a moment, then try again.'],
  [/^ParameterLimitExceeded/, 'Delete parameters that are not needed, or ask AWS for more.'],
];

/**
 * Does what asks AWS.
 *
 * @param what - such as `read the policies below /connect-escalator`, for the message.
 * @throws AwsError in place of whatever was thrown.
 */
export async function callAws<T>(what: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new AwsError(formatAwsError(what, error));
  }
}

/** What failed, why, and what to do, in one line. */
export function formatAwsError(what: string, error: unknown): string {
  const { name, message, code } = rootCause(error);
  const text = `${name} ${code ?? ''} ${message}`;
  const advice = ADVICE.find(([pattern]) => pattern.test(text))?.[1];
  const said = message.replaceAll(/\s+/g, ' ').trim();
  const why = [name === 'Error' ? code : name, said].filter(Boolean).join(': ');
  return `Could not ${what}: ${why}${/[.!?]$/.test(why) ? '' : '.'}${advice ? ` ${advice}` : ''}`;
}

/** Connections to several addresses fail together, each with an error of its own. */
function rootCause(error: unknown): SdkError {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  return error instanceof Error ? error : { name: 'Error', message: String(error) };
}
