import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import type { ConnectEscalatorProps } from '../../lib/connect-escalator.ts';
import { ConnectEscalatorStack } from '../../lib/stack.ts';

export const INSTANCE =
  'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555';
export const OTHER_INSTANCE =
  'arn:aws:connect:eu-central-1:123456789012:instance/66666666-7777-8888-9999-000000000000';

// CloudFormation's own validation takes most of the time of a synth. The test of the whole app runs it.
process.env.CDK_VALIDATION = 'false';

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));

/** An app with the feature flags of cdk.json, as they are deployed, that leaves out the slow bundling. */
export function testApp(): App {
  return new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
}

/** The stack with one instance, unless the properties say otherwise. */
export function synthesize(props: Partial<ConnectEscalatorProps> = {}) {
  const stack = new ConnectEscalatorStack(testApp(), 'ConnectEscalator', {
    instanceArns: [INSTANCE],
    ...props,
  });
  return { stack, template: Template.fromStack(stack) };
}

/**
 * What a value of the template names, as text a person can read: the logical id without its hash for a
 * reference or an ARN, `arn:aws` for the partition of the test's Region.
 */
export function named(value: unknown): string {
  if (typeof value === 'string') return value.replace(/(?<=^[A-Za-z]+)[0-9A-F]{8}$/, '');
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (Ref === 'AWS::Partition') return 'aws';
  if (typeof Ref === 'string') return named(Ref);
  if (Array.isArray(attribute)) return named(attribute[0]);
  if (Array.isArray(join)) return join[1].map(named).join(join[0]);
  throw new TypeError(`cannot name ${JSON.stringify(value)}`);
}

type Resource = ReturnType<Template['findResources']>[string];

/** The one resource of the template whose logical id, without its hash, is the given one. */
export function resourceNamed(template: Template, name: string): Resource {
  const found = Object.entries(template.toJSON().Resources).filter(([id]) => named(id) === name);
  if (found.length !== 1) throw new RangeError(`${found.length} resources are named ${name}`);
  return found[0]?.[1] as Resource;
}
