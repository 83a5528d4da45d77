import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Validations } from 'aws-cdk-lib/core';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import type { EscalatorFunction } from './escalator-function.ts';
import type { ConnectInstances } from './instance-arns.ts';

/**
 * The SSM parameters that people declare urgency in. The stack reads them and creates none of them: whoever owns the
 * policies writes them.
 */
export class Parameters {
  /** Each parameter below this path is a policy, such as `/connect-escalator/policies`. */
  readonly policyPath: string;
  /** Name of the parameter that holds the settings, such as `/connect-escalator/settings`. */
  readonly settingsParameter: string;
  readonly #prefix: string;
  readonly #arn: string;

  /**
   * @param prefix - as `parsePrefix` gives it.
   * @param instances - whose partition, Region and account the parameters are in.
   */
  constructor(prefix: string, { partition, region, account }: ConnectInstances) {
    this.#prefix = prefix;
    this.policyPath = `${prefix}/policies`;
    this.settingsParameter = `${prefix}/settings`;
    this.#arn = `arn:${partition}:ssm:${region}:${account}:parameter${prefix}`;
  }

  /** Lets a function read the settings alone, and tells it the prefix of their parameter. */
  grantReadSettings(fn: EscalatorFunction): void {
    fn.addEnvironment(ENVIRONMENT.parameterPrefix, this.#prefix);
    fn.addToRolePolicy(
      new PolicyStatement({ actions: ['ssm:GetParameter'], resources: [`${this.#arn}/settings`] }),
    );
  }

  /** Lets a function read the settings and all policies, and tells it their prefix. */
  grantRead(fn: EscalatorFunction): void {
    fn.addEnvironment(ENVIRONMENT.parameterPrefix, this.#prefix);
    // Permission on a path is permission on what lies below it, so no wildcard is needed.
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
    fn.addToRolePolicy(new PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: [this.#arn] }));
    const policies = `${this.#arn}/policies/*`;
    fn.addToRolePolicy(new PolicyStatement({ actions: ['ssm:GetParameterHistory'], resources: [policies] }));
    Validations.of(fn.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${policies}]`,
      reason:
        'Policies come and go; the history of any of them may have the last valid version of a broken one.',
    });
  }
}
