import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { type AccessResource, accessOf, CAPABILITIES, type Capability, keyActionsOf } from './access.ts';
import { acknowledgeResources } from './acknowledge.ts';

/** The ARNs of what people may use. */
export type AccessArns = Readonly<Record<AccessResource, readonly string[]>>;

/** Allows people, such as those with a role, to run the commands of a capability. */
export function grantCapability(
  grantee: IGrantable,
  capability: Capability,
  arns: AccessArns,
  keys: readonly IKey[],
): Grant {
  const permissions = accessOf(CAPABILITIES[capability]);
  const grants = permissions.map(({ actions, on }) =>
    Grant.addToPrincipal({
      grantee,
      actions: [...actions],
      resourceArns: on.flatMap((resource) => arns[resource]),
    }),
  );
  const keyGrants = keys.map((key) => key.grant(grantee, ...keyActionsOf(permissions)));
  const principal = grantee.grantPrincipal;
  if (Construct.isConstruct(principal)) {
    const granted = permissions.flatMap(({ on }) => on.flatMap((resource) => arns[resource]));
    const wildcards = granted.filter((arn) => arn.includes('*'));
    const reason =
      'The names are not known here, or the actions have no resource; none of them changes anything else.';
    acknowledgeResources(principal, wildcards, reason);
  }
  return [...grants, ...keyGrants].reduce((all, grant) => all.combine(grant));
}
