import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { DEPLOYMENT_PARAMETER, QUOTA_GUARD_PARAMETER } from '../lambda/aws/deployment.ts';
import { ENVIRONMENT } from '../lambda/aws/environment.ts';
import { FAMILIES } from '../lambda/domain/configuration/parameter-name.ts';
import { acknowledgeResources } from './acknowledge.ts';
import type { EscalatorFunction } from './escalator-function.ts';
import type { ConnectInstances } from './instance-arns.ts';

/**
 * The SSM parameters of policies and settings. The stack only grants access to them: the owners of the
 * policies create them.
 */
export class Parameters {
  /** Each parameter below this path is a policy, such as `/connect-escalator/policies`. */
  readonly policyPath: string;
  /** Name of the parameter that holds the settings, such as `/connect-escalator/settings`. */
  readonly settingsParameter: string;
  readonly #prefix: string;
  readonly #arn: string;
  readonly #quotaGuardArn: string;

  /**
   * @param prefix - a result of `parsePrefix`.
   * @param instances - their partition, Region and account are those of the parameters.
   */
  constructor(prefix: string, { partition, region, account }: ConnectInstances) {
    this.#prefix = prefix;
    this.policyPath = `${prefix}/policies`;
    this.settingsParameter = `${prefix}/settings`;
    const parameters = `arn:${partition}:ssm:${region}:${account}:parameter`;
    this.#arn = `${parameters}${prefix}`;
    this.#quotaGuardArn = `${parameters}${QUOTA_GUARD_PARAMETER}`;
  }

  /** Of the policies, and of the calendars and conditions that they name. */
  get #policyArns(): string[] {
    return FAMILIES.map((family) => `${this.#arn}/${family}*`);
  }

  /** ARNs by what people may use. */
  get arns() {
    return {
      prefix: [this.#arn],
      deployment: [`${this.#arn}/${DEPLOYMENT_PARAMETER}`],
      quotaGuard: [this.#quotaGuardArn],
      policies: this.#policyArns,
      settings: [`${this.#arn}/settings`],
      pause: [`${this.#arn}/pause`],
    };
  }

  /**
   * Allows a function to read all parameters and the history of policies, settings and the kill switch, and sets the
   * environment variable with the prefix. Only the functions that compile the configuration read parameters.
   */
  grantRead(fn: EscalatorFunction): void {
    fn.addEnvironment(ENVIRONMENT.parameterPrefix, this.#prefix);
    // A permission on a path includes everything below it, so no wildcard is necessary.
    // https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
    fn.addToRolePolicy(new PolicyStatement({ actions: ['ssm:GetParametersByPath'], resources: [this.#arn] }));
    const policies = this.#policyArns;
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['ssm:GetParameterHistory'],
        resources: [`${this.#arn}/settings`, `${this.#arn}/pause`, ...policies],
      }),
    );
    const reason =
      'The history has the last valid version of an invalid policy, and says who wrote each version.';
    acknowledgeResources(fn.role, policies, reason);
  }
}
