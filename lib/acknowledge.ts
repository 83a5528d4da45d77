import * as core from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

interface Acknowledgement {
  /** The finding, such as `AwsSolutions-SQS3`. */
  readonly id: string;
  readonly reason: string;
}

/**
 * Says why findings of cdk-nag on a construct are intended. Older versions of the CDK, such as 2.224, have no
 * `Validations`; there, cdk-nag reports the findings.
 */
export function acknowledge(construct: IConstruct, ...findings: readonly Acknowledgement[]): void {
  const { Validations } = core as Partial<typeof core>;
  Validations?.of(construct).acknowledge(...findings);
}

/**
 * Says why a role may use resources with a wildcard. The resources may be tokens: cdk-nag names them as they are in the
 * template, which is known once the CDK has resolved the references between stacks.
 */
export function acknowledgeResources(role: IConstruct, resources: readonly string[], reason: string): void {
  role.node.addValidation({
    validate: () => {
      const stack = core.Stack.of(role);
      const names = resources.map((resource) => flatten(stack.resolve(resource)));
      acknowledge(role, ...names.map((name) => ({ id: `AwsSolutions-IAM5[Resource::${name}]`, reason })));
      return [];
    },
  });
}

/** A value of the template as cdk-nag writes it in a finding. */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::ImportValue': name } = value as Intrinsic;
  if (join) return join[1].map(flatten).join(join[0]);
  if (attribute) return `<${attribute.join('.')}>`;
  if (name) return flatten(name);
  return Ref ? `<${Ref}>` : JSON.stringify(value);
}

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::GetAtt'?: string[];
  readonly 'Fn::Join'?: [string, unknown[]];
  readonly 'Fn::ImportValue'?: unknown;
}
