import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ACCOUNT, REGION } from '../../local/fixtures/aws.ts';

/** A statement of an IAM policy, as far as the policies of this project need it: `Allow`, without conditions. */
export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** What a request needs. */
export interface Needed {
  readonly action: string;
  readonly resource: string;
}

/** The batch operations of SQS need the permission of the single ones. Source: SQS developer guide, "API permissions". */
const SQS_ACTIONS: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

/**
 * Starts an endpoint before another one that lets through what a policy allows, as IAM does.
 *
 * Source of actions and resources: Service Authorization Reference, the page of each service.
 */
export async function startIam(endpointUrl: string, policy: () => readonly Statement[]) {
  const used: Needed[] = [];
  const denied: Needed[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const target = request.headers['x-amz-target'];
    const needed = neededFor(typeof target === 'string' ? target : undefined, request.url ?? '/', body);
    const isAllowed = needed === undefined || policy().some((statement) => allows(statement, needed));
    if (needed) (isAllowed ? used : denied).push(needed);
    if (!isAllowed) {
      const message = `User is not authorized to perform: ${needed?.action} on resource: ${needed?.resource}`;
      response
        .writeHead(403, {
          'content-type': 'application/x-amz-json-1.0',
          'x-amzn-errortype': 'AccessDeniedException',
        })
        .end(JSON.stringify({ __type: 'AccessDeniedException', message, Message: message }));
      return;
    }
    const { method, headers, url } = request;
    const onward = forward(new URL(url ?? '/', endpointUrl), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    used,
    denied,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** What a request needs; undefined for one that needs no permission. */
function neededFor(target: string | undefined, url: string, body: string): Needed | undefined {
  const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
  const path = url.split('?')[0] ?? '/';
  if (target !== undefined) {
    const [prefix = '', operation = ''] = target.split('.');
    const input = JSON.parse(body || '{}');
    switch (prefix) {
      case 'AmazonSSM':
        return { action: `ssm:${operation}`, resource: arn('ssm', `parameter${input.Name ?? input.Path}`) };
      case 'DynamoDB_20120810': {
        const table = input.TableName ?? Object.keys(input.RequestItems ?? {})[0];
        const index = input.IndexName === undefined ? '' : `/index/${input.IndexName}`;
        return {
          action: `dynamodb:${operation}`,
          resource: arn('dynamodb', `table/${table}${index}`),
        };
      }
      case 'AmazonSQS': {
        const queue = String(input.QueueUrl).split('/').at(-1);
        return { action: `sqs:${SQS_ACTIONS[operation] ?? operation}`, resource: arn('sqs', `${queue}`) };
      }
      case 'AWSEvents':
        return { action: `events:${operation}`, resource: arn('events', `rule/${input.Name}`) };
      case 'GraniteServiceVersion20100801':
        return operation === 'DescribeAlarms'
          ? {
              action: 'cloudwatch:DescribeAlarms',
              resource: arn('cloudwatch', `alarm:${input.AlarmNamePrefix}`),
            }
          : { action: `cloudwatch:${operation}`, resource: '*' };
      case 'ServiceQuotasV20190624':
        return { action: `servicequotas:${operation}`, resource: '*' };
    }
    throw new Error(`No rule says what ${target} needs.`);
  }
  // GetCallerIdentity of STS needs no permission.
  if (path === '/') return undefined;
  const [, first = '', second = '', third = ''] = path.split('/');
  switch (first) {
    case '2015-03-31':
      return second === 'functions'
        ? { action: 'lambda:GetFunctionConfiguration', resource: arn('lambda', `function:${third}`) }
        : { action: 'lambda:ListEventSourceMappings', resource: '*' };
    case '2016-08-19':
      return { action: 'lambda:GetAccountSettings', resource: '*' };
    case 'schedules':
      return { action: 'scheduler:GetSchedule', resource: arn('scheduler', `schedule/default/${second}`) };
    case 'search-contacts':
      return {
        action: 'connect:SearchContacts',
        resource: arn('connect', `instance/${JSON.parse(body).InstanceId}`),
      };
    case 'instance':
      return { action: 'connect:DescribeInstance', resource: arn('connect', `instance/${second}`) };
    case 'queues-summary':
      return { action: 'connect:ListQueues', resource: arn('connect', `instance/${second}/queue/*`) };
    case 'users-summary':
      return { action: 'connect:ListUsers', resource: arn('connect', `instance/${second}/agent/*`) };
    case 'predefined-attributes':
      return {
        action: third === '' ? 'connect:ListPredefinedAttributes' : 'connect:DescribePredefinedAttribute',
        resource: arn('connect', `instance/${second}`),
      };
  }
  throw new Error(`No rule says what ${path} needs.`);
}

export function allows({ Action, Resource }: Statement, { action, resource }: Needed): boolean {
  return [Action].flat().includes(action) && [Resource].flat().some((pattern) => matches(pattern, resource));
}

/** `*` matches any text. */
function matches(pattern: string, value: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(value);
}
