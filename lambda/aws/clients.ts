import { REQUEST_TIMEOUT_MS } from '../domain/deployment-constants.ts';

/**
 * How clients reach AWS, as a change of their configuration. The functions change nothing; a simulation puts another
 * request handler in the place of the network.
 */
export type Network = <C extends object>(configuration: C) => C;

/** The network of the function. */
export const AWS_NETWORK: Network = (configuration) => configuration;

/**
 * Time-outs of a client's requests. Without `throwOnRequestTimeout` the SDK would only log a warning.
 *
 * @param timeouts - milliseconds to connect, and then to answer.
 */
export function requestHandler({
  connection,
  request,
}: {
  readonly connection: number;
  readonly request: number;
}) {
  return { requestTimeout: request, connectionTimeout: connection, throwOnRequestTimeout: true };
}

/**
 * Configuration of the DynamoDB, SQS and SSM clients. A request without an answer fails after a time-out and is
 * repeated, up to the SDK's usual three attempts. `cacheMiddleware` builds the middleware stack of each operation once
 * instead of for each request, which saves a tenth of a request's CPU time; nothing here changes the stack later.
 */
export const AWS_CLIENT = {
  cacheMiddleware: true,
  requestHandler: requestHandler({ connection: 1_000, request: 5_000 }),
} as const;

/** Configuration of the clients of dispatch, whose invocations are short. */
export const DISPATCH_CLIENT = {
  ...AWS_CLIENT,
  requestHandler: requestHandler(REQUEST_TIMEOUT_MS.dispatch),
} as const;
