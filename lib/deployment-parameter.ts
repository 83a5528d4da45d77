import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { DEPLOYMENT_PARAMETER, type Deployment } from '../lambda/aws/deployment.ts';

interface DeploymentParameterProps {
  /** SSM path above the settings and policies. */
  readonly prefix: string;
  readonly deployment: Deployment;
}

/**
 * The SSM parameter by which the `escalator` command finds the queues and the table, whose names are
 * generated.
 */
export class DeploymentParameter extends Construct {
  constructor(scope: Construct, id: string, { prefix, deployment }: DeploymentParameterProps) {
    super(scope, id);
    new StringParameter(this, 'Parameter', {
      parameterName: `${prefix}/${DEPLOYMENT_PARAMETER}`,
      description:
        'Queues and table of this deployment of connect-escalator. The stack writes it: do not change it.',
      stringValue: Stack.of(this).toJsonString(deployment),
    });
  }
}
