import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { awsForCli } from '../support/aws.ts';

/** A policy that sets a priority, and has no warnings. */
export const policyOf = (priority: number) =>
  `mode: observe\nsteps:\n  - after: 0s\n    set: { priority: ${priority} }\n`;

/** Starts an endpoint with parameters, which a test can read and write without `escalator`. */
export async function parametersForCli() {
  const writes: string[] = [];
  const aws = await awsForCli((name) => {
    if (/Put|Delete/.test(name)) writes.push(name);
  });
  const client = new SSMClient(aws.clientConfig);
  return {
    where: aws.where,
    /** The requests that write. */
    writes,
    put: (Name: string, Value: string) =>
      client.send(new PutParameterCommand({ Name, Value, Type: 'String', Overwrite: true })),
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
