import { randomUUID } from 'node:crypto';
import type { LocalService } from '../endpoint/http.ts';
import { createRestService, notFound } from '../endpoint/rest-service.ts';

/** A function and the queues whose messages it receives. */
export interface DescribedFunction {
  readonly name: string;
  readonly arn: string;
  readonly queueArns: readonly string[];
  /** When it was created, in milliseconds since the epoch. */
  readonly createdAt: number;
}

/** The quota of an account that asked for none. Source: Lambda developer guide, "Quotas". */
const CONCURRENT_EXECUTIONS = 1_000;

/** What tools ask Lambda of the functions: GetFunctionConfiguration, ListEventSourceMappings, GetAccountSettings. */
export function createLambda(functions: () => readonly DescribedFunction[]): LocalService {
  const require = (nameOrArn: string) => {
    const name = nameOrArn.slice(nameOrArn.lastIndexOf(':') + 1);
    const found = functions().find((fn) => fn.name === name);
    if (!found) throw notFound(`Function not found: ${nameOrArn}`);
    return found;
  };
  return createRestService('Lambda', [
    {
      method: 'GET',
      path: /^\/2015-03-31\/functions\/(?<name>[^/]+)\/configuration$/,
      handle({ name = '' }) {
        const { name: FunctionName, arn: FunctionArn, createdAt } = require(name);
        const LastModified = new Date(createdAt).toISOString().replace('Z', '+0000');
        return { FunctionName, FunctionArn, LastModified, State: 'Active', LastUpdateStatus: 'Successful' };
      },
    },
    {
      method: 'GET',
      path: /^\/2015-03-31\/event-source-mappings\/?$/,
      handle(_, { query }) {
        const name = query.get('FunctionName');
        const selected = name === null ? functions() : [require(name)];
        return {
          EventSourceMappings: selected.flatMap(({ arn, queueArns }) =>
            queueArns.map((EventSourceArn) => ({
              UUID: randomUUID(),
              EventSourceArn,
              FunctionArn: arn,
              State: 'Enabled',
            })),
          ),
        };
      },
    },
    {
      method: 'GET',
      path: /^\/2016-08-19\/account-settings\/?$/,
      handle: () => ({
        AccountLimit: {
          ConcurrentExecutions: CONCURRENT_EXECUTIONS,
          UnreservedConcurrentExecutions: CONCURRENT_EXECUTIONS,
        },
      }),
    },
  ]);
}
