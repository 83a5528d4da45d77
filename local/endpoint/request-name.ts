import type { IncomingMessage } from 'node:http';

/** The services of the endpoint. */
export type ServiceName = 'dynamodb' | 'sqs' | 'ssm' | 'events' | 'connect' | 'sts';

/** What a request asks for. */
export interface RequestName {
  readonly service: ServiceName;
  /** Such as `GetItem`. A Connect request that is not one of the known has its method and path instead. */
  readonly operation: string;
}

/** The first part of `X-Amz-Target`, by the service that it names. */
const TARGET_SERVICES: Readonly<Record<string, ServiceName>> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  AmazonSSM: 'ssm',
  AWSEvents: 'events',
};

/** Connect has a path for each operation. */
const CONNECT_OPERATIONS: readonly (readonly [method: string, path: RegExp, operation: string])[] = [
  ['POST', /^\/contacts\/[^/]+\/[^/]+\/routing-data$/, 'UpdateContactRoutingData'],
  ['GET', /^\/contacts\/[^/]+\/[^/]+$/, 'DescribeContact'],
  ['GET', /^\/contact\/attributes\/[^/]+\/[^/]+$/, 'GetContactAttributes'],
  ['POST', /^\/contact\/attributes$/, 'UpdateContactAttributes'],
];

/** For people: what {@link parseRequestName} knows. */
export const SUPPORTED_REQUESTS =
  `${Object.keys(TARGET_SERVICES).join(', ')} (the first part of X-Amz-Target), ` +
  'Amazon Connect (/contacts/...) and STS GetCallerIdentity';

/** The service and operation that a request asks for; undefined when none here serves it. */
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
