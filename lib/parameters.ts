import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib/core';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';

/**
 * The SSM parameters that people declare urgency in. The stack reads them and creates none: whoever owns the
 * policies writes them.
 */
export class Parameters {
  /** Each parameter below this path is a policy, such as `/connect-escalator/policies`. */
  readonly policyPath: string;
  /** Name of the parameter that holds the settings, such as `/connect-escalator/settings`. */
  readonly settingsParameter: string;
  readonly #prefix: string;

  /** @param prefix - as `parsePrefix` gives it. */
  constructor(prefix: string) {
    this.#prefix = prefix;
    this.policyPath = `${prefix}/policies`;
    this.settingsParameter = `${prefix}/settings`;
  }

  /** Lets a function read the settings and all policies, and tells it their prefix. */
  grantRead(fn: LambdaFunction): void {
    fn.addEnvironment(ENVIRONMENT.parameterPrefix, this.#prefix);
    const resource = Stack.of(fn).formatArn({
      service: 'ssm',
      resource: 'parameter',
      resourceName: this.#prefix.slice(1),
    });
    // Permission on a path is permission on what lies below it, so no wildcard is needed.
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
    fn.addToRolePolicy(new PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: [resource] }));
  }
}
