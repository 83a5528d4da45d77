import type { IncomingMessage } from 'node:http';

/** The services of the endpoint. */
export type ServiceName = 'dynamodb' | 'sqs' | 'ssm' | 'events' | 'connect' | 'sts';

/** The service and the operation of a request. */
export interface RequestName {
  readonly service: ServiceName;
  /** Such as `GetItem`; the method and path of an unknown Connect request. */
  readonly operation: string;
}

/** The service that the first part of `X-Amz-Target` names. */
const TARGET_SERVICES: Readonly<Record<string, ServiceName>> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  AmazonSSM: 'ssm',
  AWSEvents: 'events',
};

/** The operations of Connect by method and path. */
const CONNECT_OPERATIONS: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['POST', /^\/contacts\/[^/]+\/[^/]+\/routing-data$/, 'UpdateContactRoutingData'],
  ['GET', /^\/contacts\/[^/]+\/[^/]+$/, 'DescribeContact'],
  ['POST', /^\/search-contacts$/, 'SearchContacts'],
  ['GET', /^\/contact\/attributes\/[^/]+\/[^/]+$/, 'GetContactAttributes'],
  ['POST', /^\/contact\/attributes$/, 'UpdateContactAttributes'],
];

/** The requests that {@link parseRequestName} recognizes, for error messages. */
export const SUPPORTED_REQUESTS =
  `${Object.keys(TARGET_SERVICES).join(', ')} (the first part of X-Amz-Target), ` +
  'Amazon Connect (/contacts/..., /search-contacts) and STS GetCallerIdentity';

/** Finds the service and operation of a request. Returns undefined when the endpoint does not support it. */
export function parseRequestName(request: IncomingMessage, path: string): RequestName | undefined {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const dot = target.lastIndexOf('.');
    const service = TARGET_SERVICES[target.slice(0, dot)];
    return service && { service, operation: target.slice(dot + 1) };
  }
  if (path !== '/')
    return { service: 'connect', operation: parseConnectOperation(request.method ?? '', path) };
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return form ? { service: 'sts', operation: 'GetCallerIdentity' } : undefined;
}

function parseConnectOperation(method: string, path: string): string {
  const known = CONNECT_OPERATIONS.find(([verb, pattern]) => verb === method && pattern.test(path));
  return known?.[2] ?? `${method} ${path}`;
}
