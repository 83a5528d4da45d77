/**
 * Configuration of the DynamoDB, SQS and SSM clients. A request without an answer fails after a time-out and is
 * repeated, up to the SDK's usual three attempts; without `throwOnRequestTimeout` the SDK would only log a warning.
 * `cacheMiddleware` builds the middleware stack of each operation once instead of for each request, which saves a tenth
 * of a request's CPU time; nothing here changes the stack later.
 */
export const AWS_CLIENT = {
  cacheMiddleware: true,
  requestHandler: { requestTimeout: 5_000, connectionTimeout: 1_000, throwOnRequestTimeout: true },
} as const;
