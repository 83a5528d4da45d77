import { AwsError } from './aws-error.ts';
import type { LocalRequest, LocalService } from './http.ts';
import { restJsonError, restJsonResponse } from './rest-json.ts';

/** One operation of a service. @param parameters - the named groups of the path, decoded. */
export interface RestOperation {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: (parameters: Readonly<Record<string, string>>, request: LocalRequest) => object;
}

/** A service with AWS's protocol restJson1: method and path name the operation. */
export function createRestService(name: string, operations: readonly RestOperation[]): LocalService {
  return (request) => {
    try {
      return restJsonResponse(200, callOperation(name, operations, request));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return restJsonError(error);
    }
  };
}

function callOperation(name: string, operations: readonly RestOperation[], request: LocalRequest): object {
  for (const { method, path, handle } of operations) {
    const match = method === request.method ? path.exec(request.path) : null;
    if (match) return handle(decodeAll(match.groups ?? {}), request);
  }
  const known = operations.map(({ method, path }) => `${method} ${path.source}`).join(', ');
  throw new AwsError(
    'UnknownOperationException',
    `${request.method} ${request.path} of ${name} is not supported by the local endpoint. It supports ${known}.`,
    404,
  );
}

function decodeAll(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        throw new AwsError('ValidationException', `${value} is not valid percent-encoding.`);
      }
    }),
  );
}

/** The error for a thing that does not exist. */
export function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, 404);
}
