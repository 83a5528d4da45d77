/** Name and message of an error; any other value as text. */
export function messageOf(error: unknown): string {
  return String(error);
}

/** The name of an error; empty for any other value. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

/** The name of what DynamoDB throws where the condition of a write does not hold. */
export const CONDITION_FAILED = 'ConditionalCheckFailedException';

const THROTTLES = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'Throttling',
  // Of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
  'RequestThrottled',
]);

/** True when a service refused a request because there were too many. */
export function isThrottle(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata
    ?.httpStatusCode;
  return status === 429 || THROTTLES.has(nameOf(error));
}
