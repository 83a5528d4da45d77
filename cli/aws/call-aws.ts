import { AwsError } from '../errors.ts';

/** The members of an error of the AWS SDK that its message is made of. */
interface SdkError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

/** Advice, by a pattern of `name code message`, also after `action: `. The first pattern that matches applies. */
const ADVICE: readonly (readonly [pattern: RegExp, advice: string])[] = [
  [
    /^CredentialsProviderError|Could not load credentials|Resolved credential object/,
    'Provide AWS credentials: set AWS_PROFILE to a profile that exists, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY ' +
      '(the local system accepts any).',
  ],
  [/Region is missing|Region not accepted/, 'Pass --region, or set AWS_REGION.'],
  [
    /ECONNREFUSED/,
    'Nothing listens at this address: check --endpoint-url and AWS_ENDPOINT_URL, or run npm start.',
  ],
  [/ENOTFOUND|EAI_AGAIN/, 'The host name is unknown: check the Region, the endpoint and the network.'],
  [
    /TimeoutError|ETIMEDOUT|ECONNRESET|EPIPE/,
    'AWS did not respond in time: check the network, then try again.',
  ],
  [
    /ExpiredToken|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|InvalidClientTokenId/,
    'Renew the AWS credentials, for example with aws sso login.',
  ],
  [/AccessDenied|NotAuthorized/, 'Use a role that has this permission.'],
  [/QueueDoesNotExist|NonExistentQueue/, 'Check --queue-url, --prefix and the Region.'],
  [
    /^read the table \S+: ResourceNotFoundException/,
    "Check the Region and --prefix. explain takes --table, too: the stack's output ContactsTableName.",
  ],
  [
    /\binstances? \S+.*: (?:ResourceNotFound|InvalidParameter)Exception/,
    'Check --instance-id and the Region.',
  ],
  [/^ParameterNotFound/, 'Check the name, --prefix and the Region.'],
  [/Throttl|TooManyUpdates|RequestLimitExceeded/, 'Too many requests: wait a moment, then try again.'],
  [
    /^HierarchyTypeMismatch/,
    'SSM does not change the type of a parameter: delete it (aws ssm delete-parameter), then try again.',
  ],
  [
    /^ParameterMaxVersionLimitExceeded/,
    'Its oldest version has a label: remove the label (aws ssm unlabel-parameter-version), then try again.',
  ],
  [/^ParameterLimitExceeded/, 'Delete unused parameters, or request a higher quota from AWS.'],
];

/**
 * Sends requests to AWS.
 *
 * @param action - for the error message, such as `read the policies below /connect-escalator`.
 * @throws AwsError in place of any other error.
 */
export async function callAws<T>(action: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw new AwsError(formatAwsError(action, error), { cause: error });
  }
}

/** One line that says what failed, why, and what to do. */
export function formatAwsError(action: string, error: unknown): string {
  const { name, message, code } = rootCause(error);
  const text = `${name} ${code ?? ''} ${message}`;
  const advice = ADVICE.find(([pattern]) => pattern.test(text) || pattern.test(`${action}: ${text}`))?.[1];
  const label = name === 'Error' ? code : name;
  const cause = [label, message.replaceAll(/\s+/g, ' ').trim()].filter(Boolean).join(': ');
  return `Could not ${action}: ${cause}${/[.!?]$/.test(cause) ? '' : '.'}${advice ? ` ${advice}` : ''}`;
}

/** The first cause of an AggregateError, which has an error for each address of a connection. */
function rootCause(error: unknown): SdkError {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  return error instanceof Error ? error : { name: 'Error', message: String(error) };
}
