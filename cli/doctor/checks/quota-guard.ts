import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod/mini';
import { QUOTA_GUARD_PARAMETER, type QuotaOwner } from '../../../lambda/aws/deployment.ts';
import { withClient } from '../../aws/with-client.ts';
import type { Examination } from '../examination.ts';
import { ok, type Verdict, warning } from '../finding.ts';

const ownerSchema = z.object({ stack: z.string(), prefix: z.string() });

/** Whether this deployment alone has the quota of its account and Region. */
export async function checkQuotaGuard({ options }: Examination): Promise<Verdict> {
  const value = await withClient(SSMClient, options, readGuard);
  if (value === undefined) {
    return warning(
      `The parameter ${QUOTA_GUARD_PARAMETER} does not exist: nothing keeps a second stack from spending the same quota.`,
      'Deploy this version. If it is deployed and somebody deleted the parameter, put it back: aws ssm put-parameter ' +
        `--name ${QUOTA_GUARD_PARAMETER} --type String --value '${JSON.stringify({ stack: '', prefix: options.prefix })}'`,
    );
  }
  const owner = parseOwner(value);
  if (!owner) {
    return warning(
      `The parameter ${QUOTA_GUARD_PARAMETER} does not say which stack has the quota: somebody changed it.`,
      `Write {"stack":"<the ARN of the stack>","prefix":"${options.prefix}"} into it, if no other stack has the quota.`,
    );
  }
  if (owner.prefix === options.prefix) {
    return ok('No other stack of this account and Region has the quota of UpdateContactRoutingData.');
  }
  return warning(
    `The stack with the prefix ${owner.prefix} has the quota of this account and Region (${owner.stack}): two systems spend it.`,
    'Serve all instances from one of the two stacks, and delete the other.',
  );
}

/** @returns undefined where there is no such parameter. */
async function readGuard(client: SSMClient): Promise<string | undefined> {
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: QUOTA_GUARD_PARAMETER }));
    return Parameter?.Value ?? '';
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  }
}

function parseOwner(value: string): QuotaOwner | undefined {
  try {
    return ownerSchema.safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}
