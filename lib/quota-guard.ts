import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { type CfnResource, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { QUOTA_GUARD_PARAMETER, type QuotaOwner } from '../lambda/aws/deployment.ts';
import type { ConnectInstances } from './instance-arns.ts';

/** Such that a construct that moves within its stack keeps the parameter. It never changes. */
const LOGICAL_ID = 'OnlyOneConnectEscalatorInEachAccountAndRegion';

/**
 * Has the deployment of a second system with the same quota fail: each would spend the whole quota. CloudFormation deletes
 * only what its stack has created, so the failed deployment of a second stack leaves the guard of the first alone, and
 * to delete the first makes room for the next.
 */
export class QuotaGuard extends Construct {
  constructor(scope: Construct, id: string, prefix: string) {
    super(scope, id);
    const stack = Stack.of(this);
    const parameter = new StringParameter(this, 'Parameter', {
      parameterName: QUOTA_GUARD_PARAMETER,
      description:
        'The stack that has the quota of UpdateContactRoutingData. The stack writes it: do not change it.',
      stringValue: stack.toJsonString({ stack: stack.stackId, prefix } satisfies QuotaOwner),
    });
    (parameter.node.defaultChild as CfnResource).overrideLogicalId(LOGICAL_ID);
  }
}

/**
 * The quota that a system spends, as far as the synth can tell it from others: the account and Region, or, where they
 * are known only at deployment, the stack.
 */
export function quotaOf(
  { account, region }: Pick<ConnectInstances, 'account' | 'region'>,
  stack: Stack,
): string {
  const isKnown = !Token.isUnresolved(account) && !Token.isUnresolved(region);
  return isKnown ? `account ${account} in ${region}` : `the stack ${stack.node.path}`;
}
