/** An error response of an AWS API. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** Such as `ParameterNotFound`; `error.name` in the AWS SDK for JavaScript. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The `ValidationException` for a member that violates a constraint of the service's model. */
export function constraintViolation(member: string, found: unknown, constraint: string): AwsError {
  const value = found === undefined ? 'Value null' : `Value '${String(found)}'`;
  return new AwsError(
    'ValidationException',
    `1 validation error detected: ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
