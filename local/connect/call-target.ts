import { AwsError } from '../endpoint/aws-error.ts';
import type { LocalRequest } from '../endpoint/http.ts';
import type { ConnectCall } from './call.ts';

const PATH = /^\/contacts\/(?<instanceId>[^/]+)\/(?<contactId>[^/]+)(?<routing>\/routing-data)?$/;

const SUPPORTED_OPERATIONS =
  'POST /contacts/{InstanceId}/{ContactId}/routing-data (UpdateContactRoutingData) and ' +
  'GET /contacts/{InstanceId}/{ContactId} (DescribeContact)';

/**
 * Finds the API and the contact of a request.
 *
 * @throws AwsError UnknownOperationException, InvalidParameterException
 */
export function parseTarget({
  method,
  path,
}: LocalRequest): Pick<ConnectCall, 'api' | 'instanceId' | 'contactId'> {
  const { instanceId, contactId, routing } = PATH.exec(path)?.groups ?? {};
  const isKnown = routing === undefined ? method === 'GET' : method === 'POST';
  if (instanceId === undefined || contactId === undefined || !isKnown) {
    throw new AwsError(
      'UnknownOperationException',
      `${method} ${path} is not supported by the local endpoint. It supports ${SUPPORTED_OPERATIONS}.`,
      404,
    );
  }
  return {
    api: routing === undefined ? 'DescribeContact' : 'UpdateContactRoutingData',
    instanceId: parseId('InstanceId', instanceId, 100),
    contactId: parseId('ContactId', contactId, 256),
  };
}

function parseId(name: string, encoded: string, maxLength: number): string {
  const id = decode(encoded);
  if (id.length <= maxLength) return id;
  throw new AwsError(
    'InvalidParameterException',
    `${name} has ${id.length} characters; it must have 1 to ${maxLength}.`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidParameterException', `${text} is not valid percent-encoding.`);
  }
}
