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
