import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { DEPLOYMENT_PARAMETER, type Deployment } from '../lambda/aws/deployment.ts';

export interface DeploymentParameterProps {
  /** SSM path of the settings and policies. */
  readonly prefix: string;
  readonly deployment: Deployment;
}

/** Tells operators' tools where this deployment keeps what: its queues and its table have generated names. */
export class DeploymentParameter extends Construct {
  constructor(scope: Construct, id: string, { prefix, deployment }: DeploymentParameterProps) {
    super(scope, id);
    new StringParameter(this, 'Parameter', {
      parameterName: `${prefix}/${DEPLOYMENT_PARAMETER}`,
      description:
        'Where this deployment of connect-escalator keeps what. The stack writes it: do not change it.',
      stringValue: Stack.of(this).toJsonString(deployment),
    });
  }
}
