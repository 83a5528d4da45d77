import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { AwsError } from '../../../local/endpoint/aws-error.ts';
import { errorResponse } from '../../../local/endpoint/json-service.ts';
import { awsForCli } from '../support/aws.ts';

/** A policy that sets a priority, and has no warnings. */
export const policyOf = (priority: number) =>
  `mode: observe\nsteps:\n  - after: 0s\n    set: { priority: ${priority} }\n`;

/** What a test does before SSM handles a request of `escalator`. It may fail the request. */
type BeforeRequest = (operation: string) => Promise<AwsError | undefined> | AwsError | undefined;

/** Starts an endpoint with parameters, which a test can read and write without `escalator`. */
export async function parametersForCli() {
  const writes: string[] = [];
  let before: BeforeRequest | undefined;
  const aws = await awsForCli({
    onRequest: (name) => {
      if (/Put|Delete/.test(name)) writes.push(name);
    },
    beforeSsm: async (operation) => {
      const current = before;
      // The requests of the test itself are not meant.
      before = undefined;
      const error = await current?.(operation);
      before ??= current;
      return error && errorResponse(error);
    },
  });
  const client = new SSMClient(aws.clientConfig);
  return {
    where: aws.where,
    /** The requests that write. */
    writes,
    /** Undefined ends it. */
    beforeRequest(next: BeforeRequest | undefined) {
      before = next;
    },
    put: (Name: string, Value: string) =>
      client.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true })),
    /** Writes a parameter as another tool may: of another type, or as this tool describes its own. */
    putAs: (Name: string, Value: string, input: Partial<PutParameterCommandInput>) =>
      client.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true, ...input })),
    delete: (Name: string) => client.send(new DeleteParameterCommand({ Name })),
    async get(Name: string) {
      const { Parameter } = await client.send(new GetParameterCommand({ Name }));
      return { text: Parameter?.Value, version: Parameter?.Version };
    },
    async stop() {
      client.destroy();
      await aws.stop();
    },
  };
}
