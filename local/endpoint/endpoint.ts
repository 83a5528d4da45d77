import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError } from './aws-error.ts';
import type { LocalService } from './http.ts';
import { errorResponse } from './json-service.ts';
import type { RawService } from './raw-service.ts';
import { logRequest, type RequestLogEntry } from './request-log.ts';
import { parseRequestName, SUPPORTED_REQUESTS } from './request-name.ts';
import { serve } from './serve.ts';

/** What stands behind the endpoint. A service that is left out answers that it is not served. */
export interface EndpointServices {
  readonly dynamodb?: RawService;
  readonly sqs?: RawService;
  readonly ssm?: LocalService;
  readonly events?: LocalService;
  readonly sts?: LocalService;
  readonly connect?: LocalService;
}

export interface EndpointOptions {
  /** TCP port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  readonly services: EndpointServices;
  /** Called with `service.operation` as each request comes in. */
  readonly onRequest?: (name: string) => void;
  /** Called with each request once it is answered. */
  readonly onResponse?: (exchange: RequestLogEntry) => void;
}

/** One AWS endpoint on loopback: what `AWS_ENDPOINT_URL` points to. */
export interface Endpoint {
  /** Such as `http://127.0.0.1:4566`. */
  readonly url: string;
  /** Requests that came in, by `service.operation` such as `sqs.SendMessage`. */
  readonly requests: Map<string, number>;
  /** Closes every connection and stops the services. */
  stop(): Promise<void>;
}

/** The endpoint could not be opened. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';
}

/**
 * Opens the endpoint. Signatures are not checked: any credentials will do.
 *
 * @throws EndpointError when the port cannot be had.
 */
export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const { services } = options;
  const requests = new Map<string, number>();

  const server = createServer((request, response) => {
    // Node.js would write the real time, which the SDK would take for a skewed clock in scaled time.
    response.setHeader('Date', new Date().toUTCString());
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const name = parseRequestName(request, path);
    const service = name && services[name.service];
    if (!service) return serve(unsupportedService, request, response);

    const counted = `${name.service}.${name.operation}`;
    requests.set(counted, (requests.get(counted) ?? 0) + 1);
    options.onRequest?.(counted);
    if (options.onResponse) logRequest(counted, request, response, options.onResponse);
    if (typeof service === 'function') serve(service, request, response);
    else service.handle(request, response);
  });
  // Clients keep their connections; one closed as it is used again would cost them a retry.
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
    ? `Port ${port} on 127.0.0.1 is in use. Stop what uses it, or choose another port.`
    : `Port ${port} on 127.0.0.1 cannot be opened: ${error.message}.`;
}

const unsupportedService: LocalService = (request) => {
  const asked = request.headers['x-amz-target'] ?? `${request.method} ${request.path}`;
  return errorResponse(
    new AwsError(
      'UnknownOperationException',
      `${asked} is not served here. This endpoint serves ${SUPPORTED_REQUESTS}.`,
    ),
  );
};
