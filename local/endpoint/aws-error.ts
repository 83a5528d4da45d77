/** What an AWS API answers instead of a result. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  /** Such as `ParameterNotFound`: `error.name` in the JavaScript SDK. */
  readonly code: string;
  /** HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The `ValidationException` of a member that is not as the service's model says. */
export function constraintViolation(member: string, found: unknown, constraint: string): AwsError {
  const value = found === undefined ? 'Value null' : `Value '${String(found)}'`;
  return new AwsError(
    'ValidationException',
    `1 validation error detected: ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
