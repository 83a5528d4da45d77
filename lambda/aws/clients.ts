/**
 * How the clients of DynamoDB, SQS and SSM are set up: a request without an answer is given up after a while and
 * made again, up to the SDK's usual three times. The SDK only warns of that unless it is told to throw. What each
 * operation passes through in the SDK is put together once and not anew for each request, which takes a tenth of its
 * time; nothing here changes it later.
 */
export const AWS_CLIENT = {
  cacheMiddleware: true,
  requestHandler: { requestTimeout: 5_000, connectionTimeout: 1_000, throwOnRequestTimeout: true },
} as const;
