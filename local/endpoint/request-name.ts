import type { IncomingMessage } from 'node:http';

/** The services of the endpoint. */
export type ServiceName =
  | 'dynamodb'
  | 'sqs'
  | 'ssm'
  | 'events'
  | 'connect'
  | 'sts'
  | 'cloudwatch'
  | 'lambda'
  | 'scheduler'
  | 'service-quotas';

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
  GraniteServiceVersion20100801: 'cloudwatch',
  ServiceQuotasV20190624: 'service-quotas',
};

/** The operations of services that name them by method and path. */
const PATH_OPERATIONS: readonly (readonly [
  service: ServiceName,
  method: string,
  path: RegExp,
  operation: string,
])[] = [
  ['connect', 'POST', /^\/contacts\/[^/]+\/[^/]+\/routing-data$/, 'UpdateContactRoutingData'],
  ['connect', 'GET', /^\/contacts\/[^/]+\/[^/]+$/, 'DescribeContact'],
  ['connect', 'POST', /^\/search-contacts$/, 'SearchContacts'],
  ['connect', 'POST', /^\/metrics\/current\/[^/]+$/, 'GetCurrentMetricData'],
  ['connect', 'GET', /^\/contact\/attributes\/[^/]+\/[^/]+$/, 'GetContactAttributes'],
  ['connect', 'POST', /^\/contact\/attributes$/, 'UpdateContactAttributes'],
  ['connect', 'GET', /^\/instance\/[^/]+$/, 'DescribeInstance'],
  ['connect', 'GET', /^\/queues-summary\/[^/]+$/, 'ListQueues'],
  ['connect', 'GET', /^\/users-summary\/[^/]+$/, 'ListUsers'],
  ['connect', 'GET', /^\/predefined-attributes\/[^/]+$/, 'ListPredefinedAttributes'],
  ['connect', 'GET', /^\/predefined-attributes\/[^/]+\/[^/]+$/, 'DescribePredefinedAttribute'],
  ['lambda', 'GET', /^\/2015-03-31\/functions\/[^/]+\/configuration$/, 'GetFunctionConfiguration'],
  ['lambda', 'GET', /^\/2015-03-31\/event-source-mappings\/?$/, 'ListEventSourceMappings'],
  ['lambda', 'GET', /^\/2016-08-19\/account-settings\/?$/, 'GetAccountSettings'],
  ['scheduler', 'GET', /^\/schedules\/[^/]+$/, 'GetSchedule'],
];

/** The requests that {@link parseRequestName} recognizes, for error messages. */
export const SUPPORTED_REQUESTS =
  `${Object.keys(TARGET_SERVICES).join(', ')} (the first part of X-Amz-Target), ` +
  'Amazon Connect (/contacts/..., /search-contacts), Lambda (/2015-03-31/...), EventBridge Scheduler (/schedules/...) ' +
  'and STS GetCallerIdentity';

/** Finds the service and operation of a request. Returns undefined when the endpoint does not support it. */
export function parseRequestName(request: IncomingMessage, path: string): RequestName | undefined {
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const dot = target.lastIndexOf('.');
    const service = TARGET_SERVICES[target.slice(0, dot)];
    return service && { service, operation: target.slice(dot + 1) };
  }
  if (path !== '/') return parsePath(request.method ?? '', path);
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  return form ? { service: 'sts', operation: 'GetCallerIdentity' } : undefined;
}

/** A path that no service has is of Connect, whose answer lists what there is. */
function parsePath(method: string, path: string): RequestName {
  const known = PATH_OPERATIONS.find(([, verb, pattern]) => verb === method && pattern.test(path));
  return known
    ? { service: known[0], operation: known[3] }
    : { service: 'connect', operation: `${method} ${path}` };
}
