import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * A sentence, since it is what CloudFormation shows when another stack has the parameter: "Resource of type
 * 'AWS::SSM::Parameter' with identifier '…' already exists." SSM parameters belong to one account and Region, as the
 * quota does. It never changes: under another name it would guard nothing.
 */
const QUOTA_GUARD_PARAMETER =
  '/connect-escalator-quota/only-one-connect-escalator-in-each-account-and-region';

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
      stringValue: stack.toJsonString({ stack: stack.stackId, prefix }),
    });
    (parameter.node.defaultChild as CfnResource).overrideLogicalId(LOGICAL_ID);
  }
}
