import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { ConnectEscalator, type ConnectEscalatorProps } from '../../lib/connect-escalator.ts';
import { HANDLER_NAMES } from '../../lib/handler-names.ts';
import type { ConnectEscalatorStackProps } from '../../lib/stack.ts';
import { ConnectEscalatorStack } from '../../lib/stack.ts';

export const INSTANCE =
  'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555';
export const OTHER_INSTANCE =
  'arn:aws:connect:eu-central-1:123456789012:instance/66666666-7777-8888-9999-000000000000';

const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));

/** An app with the feature flags of cdk.json, without the slow bundling. */
export function testApp(): App {
  return new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
}

/** Synthesises the stack. Default: with one instance. */
export function synthesize(props: Partial<ConnectEscalatorStackProps> = {}) {
  const stack = new ConnectEscalatorStack(testApp(), 'ConnectEscalator', {
    instanceArns: [INSTANCE],
    ...props,
  });
  return { stack, template: Template.fromStack(stack) };
}

/** A stack of a user that has the construct, with what the construct uses from there. */
export function userStack(propsIn: (stack: Stack) => Partial<ConnectEscalatorProps>) {
  const app = testApp();
  const stack = new Stack(app, 'UserStack', { env: { account: '123456789012', region: 'eu-central-1' } });
  const escalator = new ConnectEscalator(stack, 'Escalator', { instanceArns: [INSTANCE], ...propsIn(stack) });
  return { app, stack, escalator };
}

/** Synthesises {@link userStack}. */
export function synthesizeWith(propsIn: (stack: Stack) => Partial<ConnectEscalatorProps>) {
  const made = userStack(propsIn);
  return { ...made, template: Template.fromStack(made.stack) };
}

/**
 * A readable name of a value in the template: for a reference or an ARN the logical ID without its hash, for
 * the partition `aws`.
 */
export function nameOf(value: unknown): string {
  if (typeof value === 'string') return value.replace(/(?<=^[A-Za-z]+)[0-9A-F]{8}$/, '');
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value as Record<string, unknown>;
  if (Ref === 'AWS::Partition') return 'aws';
  if (typeof Ref === 'string') return nameOf(Ref);
  if (Array.isArray(attribute)) return nameOf(attribute[0]);
  if (Array.isArray(join)) return join[1].map(nameOf).join(join[0]);
  throw new TypeError(`no name for ${JSON.stringify(value)}`);
}

type Resource = ReturnType<Template['findResources']>[string];

/** The only resource of the template whose logical ID, without its hash, is `name`. */
export function findResource(template: Template, name: string): Resource {
  const found = Object.entries(template.toJSON().Resources).filter(([id]) => nameOf(id) === name);
  if (found.length !== 1) throw new RangeError(`${found.length} resources have the name ${name}`);
  return found[0]?.[1] as Resource;
}

const HANDLERS = new Set<unknown>(HANDLER_NAMES.map((name) => `${name}.handler`));

/** The functions of this project, by logical ID: not that of the CDK which starts policy-changes at a deployment. */
export function ownFunctions(template: Template): Record<string, Resource> {
  return Object.fromEntries(
    Object.entries(template.findResources('AWS::Lambda::Function')).filter(([, { Properties }]) =>
      HANDLERS.has(Properties.Handler),
    ),
  );
}
