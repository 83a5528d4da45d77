import { AwsError } from '../aws-error.ts';
import type { LocalRequest } from '../http.ts';
import type { ConnectCall } from './calls.ts';

const PATH = /^\/contacts\/(?<instanceId>[^/]+)\/(?<contactId>[^/]+)(?<routing>\/routing-data)?$/;

const SERVED =
  'POST /contacts/{InstanceId}/{ContactId}/routing-data (UpdateContactRoutingData) and ' +
  'GET /contacts/{InstanceId}/{ContactId} (DescribeContact)';

/**
 * Which API a request calls, and for which contact.
 *
 * @throws AwsError UnknownOperationException, InvalidParameterException
 */
export function targetOf({
  method,
  path,
}: LocalRequest): Pick<ConnectCall, 'api' | 'instanceId' | 'contactId'> {
  const { instanceId, contactId, routing } = PATH.exec(path)?.groups ?? {};
  const isKnown = routing === undefined ? method === 'GET' : method === 'POST';
  if (instanceId === undefined || contactId === undefined || !isKnown) {
    throw new AwsError(
      'UnknownOperationException',
      `${method} ${path} is not served here; served are ${SERVED}.`,
      404,
    );
  }
  return {
    api: routing === undefined ? 'DescribeContact' : 'UpdateContactRoutingData',
    instanceId: idOf('InstanceId', instanceId, 100),
    contactId: idOf('ContactId', contactId, 256),
  };
}

function idOf(name: string, encoded: string, longest: number): string {
  const id = decoded(encoded);
  if (id.length <= longest) return id;
  throw new AwsError(
    'InvalidParameterException',
    `${name} has ${id.length} characters; it must have 1 to ${longest}.`,
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidParameterException', `${text} is not percent-encoded as a URL must be.`);
  }
}
