import { InvocationType, Trigger } from 'aws-cdk-lib/triggers';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { PolicyChanges } from './policy-changes.ts';

interface CompileAtDeploymentProps {
  /** The function that compiles the configuration. */
  readonly policyChanges: PolicyChanges;
  /** What must exist before the function runs, beside itself. */
  readonly after: Construct[];
}

/**
 * Has the configuration compiled at each deployment that changes the code or the settings of the function: new code may
 * read texts otherwise. The function is not waited for: what is wrong in SSM must not stop the deployment of its
 * repair, and the sweep compiles within a minute all the same.
 */
export class CompileAtDeployment extends Construct {
  constructor(scope: Construct, id: string, { policyChanges, after }: CompileAtDeploymentProps) {
    super(scope, id);
    new Trigger(this, 'Trigger', {
      handler: policyChanges.function,
      invocationType: InvocationType.EVENT,
      executeAfter: [policyChanges, ...after],
    });
    acknowledge(policyChanges.function, {
      id: 'Annotation::@aws-cdk/aws-lambda:addPermissionsToVersionOrAlias',
      reason:
        'The trigger may invoke the versions of the function; the rule invokes the function without a version.',
    });
  }
}
