import { GetParameterCommand, type Parameter, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod/mini';
import {
  DEAD_LETTER_QUEUES,
  DEPLOYMENT_PARAMETER,
  type Deployment,
  FUNCTIONS,
} from '../../lambda/aws/deployment.ts';
import { AwsError } from '../errors.ts';
import { type AwsOptions, type PrefixOptions, validatePrefix } from '../options/aws.ts';
import { callAws } from './call-aws.ts';
import { withClient } from './with-client.ts';

const deploymentSchema = z.object({
  version: z.optional(z.string()),
  instanceIds: z.optional(z.array(z.string())),
  contactsTable: z.string(),
  ruleMessagesQueueUrl: z.string(),
  operatorMessagesQueueUrl: z.string(),
  wakeUpsQueueUrl: z.string(),
  dispatchQueueUrl: z.string(),
  deadLetterQueueUrls: z.record(z.enum(DEAD_LETTER_QUEUES), z.string()),
  resources: z.optional(
    z.object({
      functions: z.record(z.enum(FUNCTIONS), z.string()),
      rules: z.array(z.string()),
      schedule: z.string(),
      alarmPrefix: z.optional(z.string()),
    }),
  ),
});

/** Parses the value of the parameter `<prefix>/deployment`. @returns undefined when it is not valid. */
export function parseDeployment(text: string): Deployment | undefined {
  try {
    return deploymentSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The version that the value of the parameter states, whatever else it has. @returns undefined when it has none. */
export function parseVersion(text: string): string | undefined {
  try {
    return z.object({ version: z.string() }).safeParse(JSON.parse(text)).data?.version;
  } catch {
    return undefined;
  }
}

/**
 * Reads the queues and the table of a deployment from its SSM parameter.
 *
 * @param alternative - for the error message: what the user can do instead, such as `pass --queue-url`.
 * @throws UsageError when the prefix is not an SSM path.
 * @throws AwsError when SSM has no such parameter, or its value is not valid.
 */
export async function findDeployment(
  { prefix, ...options }: AwsOptions & PrefixOptions,
  alternative?: string,
): Promise<Deployment> {
  validatePrefix(prefix);
  const name = `${prefix}/${DEPLOYMENT_PARAMETER}`;
  const remedy = `deploy the stack again${alternative === undefined ? '' : `, or ${alternative}`}`;
  const found = await withClient(SSMClient, options, (client) =>
    callAws(`read ${name}`, () => readParameter(client, name)),
  );
  if (found === undefined) {
    throw new AwsError(
      `SSM parameter ${name} not found; it lists the queues and the table of the deployment. ` +
        `Check --prefix and the Region. If the deployed version is older, ${remedy}.`,
    );
  }
  if (found.Type === 'SecureString') {
    throw new AwsError(
      `SSM parameter ${name} is a SecureString, whose text is encrypted. Delete it, and ${remedy}.`,
    );
  }
  const deployment = parseDeployment(found.Value ?? '');
  if (deployment) return deployment;
  throw new AwsError(
    `SSM parameter ${name} does not list the queues and the table of the deployment. ` +
      `It was changed, or another version wrote it: ${remedy}.`,
  );
}

async function readParameter(client: SSMClient, name: string): Promise<Parameter | undefined> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name }));
    return Parameter ?? {};
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  }
}
