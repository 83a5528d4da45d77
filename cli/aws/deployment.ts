import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod/mini';
import { DEAD_LETTER_QUEUES, DEPLOYMENT_PARAMETER, type Deployment } from '../../lambda/aws/deployment.ts';
import { AwsError } from '../errors.ts';
import { callAws } from './call-aws.ts';
import { clientConfig } from './clients.ts';
import { type AwsOptions, type PrefixOptions, validatePrefix } from './options.ts';

const deploymentSchema = z.object({
  contactsTable: z.string(),
  ruleMessagesQueueUrl: z.string(),
  dispatchQueueUrl: z.string(),
  deadLetterQueueUrls: z.record(z.enum(DEAD_LETTER_QUEUES), z.string()),
});

/** Reads the value of the parameter. @returns undefined when it is anything else. */
export function parseDeployment(text: string): Deployment | undefined {
  try {
    return deploymentSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Where the deployment with that prefix keeps what.
 *
 * @param instead - what else can be done where the deployment does not say, such as `pass --queue-url`.
 * @throws UsageError when the prefix is no path.
 * @throws AwsError
 */
export async function findDeployment(
  { prefix, ...options }: AwsOptions & PrefixOptions,
  instead?: string,
): Promise<Deployment> {
  validatePrefix(prefix);
  const name = `${prefix}/${DEPLOYMENT_PARAMETER}`;
  const client = new SSMClient(clientConfig(options));
  const otherwise = `deploy the stack again${instead === undefined ? '' : `, or ${instead}`}`;
  try {
    const text = await callAws(`read ${name}`, () => readParameter(client, name));
    if (text === undefined) {
      throw new AwsError(
        `SSM has no parameter ${name}, which says where the deployment keeps what. Check --prefix and the Region; ` +
          `where an older version is deployed, ${otherwise}.`,
      );
    }
    const deployment = parseDeployment(text);
    if (deployment) return deployment;
    throw new AwsError(
      `The parameter ${name} does not say where the deployment keeps what; it was changed, or is of another version: ` +
        `${otherwise}.`,
    );
  } finally {
    client.destroy();
  }
}

async function readParameter(client: SSMClient, name: string): Promise<string | undefined> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
    return Parameter?.Value ?? '';
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  }
}
