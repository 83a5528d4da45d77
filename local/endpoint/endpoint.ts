import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError } from './aws-error.ts';
import { foreignRequestError } from './foreign-request.ts';
import type { LocalService } from './http.ts';
import { errorResponse } from './json-service.ts';
import type { RawService } from './raw-service.ts';
import { logRequest, type RequestLogEntry } from './request-log.ts';
import { parseRequestName, SUPPORTED_REQUESTS } from './request-name.ts';
import { serve } from './serve.ts';

/** The services of the endpoint. Requests to a service that is missing get an error response. */
export interface EndpointServices {
  readonly dynamodb?: RawService;
  readonly sqs?: RawService;
  readonly ssm?: LocalService;
  readonly events?: LocalService;
  readonly sts?: LocalService;
  readonly connect?: LocalService;
  readonly cloudwatch?: LocalService;
  readonly lambda?: LocalService;
  readonly scheduler?: LocalService;
  readonly 'service-quotas'?: LocalService;
}

export interface EndpointOptions {
  /** TCP port on 127.0.0.1; 0 selects a free port. */
  readonly port: number;
  readonly services: EndpointServices;
  /** Milliseconds since the epoch. Default: the clock of this process. */
  readonly now?: () => number;
  /** Called with `service.operation` when a request arrives. */
  readonly onRequest?: (name: string) => void;
  /** Called with each request after its response is sent. */
  readonly onResponse?: (entry: RequestLogEntry) => void;
}

/** One AWS endpoint on loopback, for `AWS_ENDPOINT_URL`. */
export interface Endpoint {
  /** Such as `http://127.0.0.1:4566`. */
  readonly url: string;
  /** Number of requests by `service.operation`, such as `sqs.SendMessage`. */
  readonly requests: Map<string, number>;
  /** Closes every connection and stops the services. */
  stop(): Promise<void>;
}

/** The endpoint's port could not be opened. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}

/**
 * Opens the endpoint. It accepts any credentials, because it does not check signatures, and refuses what a page of
 * another site sends.
 *
 * @throws EndpointError when the port is in use or not permitted.
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { services } = options;
  const requests = new Map<string, number>();

  const server = createServer((request, response) => {
    // Node.js would send the real time. In scaled time the SDK would then detect a clock skew.
    response.setHeader('Date', new Date((options.now ?? Date.now)()).toUTCString());
    const foreign = foreignRequestError(request);
    if (foreign) return serve(() => errorResponse(foreign), request, response);
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const name = parseRequestName(request, path);
    const service = name && services[name.service];
    if (!service) return serve(unsupportedService, request, response);

    const fullName = `${name.service}.${name.operation}`;
    requests.set(fullName, (requests.get(fullName) ?? 0) + 1);
    options.onRequest?.(fullName);
    if (options.onResponse) logRequest(fullName, request, response, options.onResponse);
    if (typeof service === 'function') serve(service, request, response);
    else service.handle(request, response);
  });
  // No idle timeout: a client that reuses a connection just as it is closed would have to retry.
  server.keepAliveTimeout = 0;

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new EndpointError(describePortError(options.port, error))));
    server.listen(options.port, '127.0.0.1', resolve);
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await Promise.all([closed, services.dynamodb?.stop(), services.sqs?.stop()]);
    },
  };
}

function describePortError(port: number, error: NodeJS.ErrnoException): string {
  return error.code === 'EADDRINUSE'
    ? `Port ${port} on 127.0.0.1 is in use. Stop the process that uses it, or choose another port.`
    : `Port ${port} on 127.0.0.1 cannot be opened: ${error.message}.`;
}

const unsupportedService: LocalService = (request) => {
  const operation = request.headers['x-amz-target'] ?? `${request.method} ${request.path}`;
  return errorResponse(
    new AwsError(
      'UnknownOperationException',
      `${operation} is not supported by the local endpoint. It supports ${SUPPORTED_REQUESTS}.`,
    ),
  );
};
