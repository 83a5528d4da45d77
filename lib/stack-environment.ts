import { type Environment, type IResource, type Stack, Token } from 'aws-cdk-lib/core';
import type { ParsedInstances } from './instance-arns.ts';

/**
 * Connect publishes the events of an instance in its account and Region, so the stack must be there. What is known only
 * at deployment is not compared.
 *
 * @returns the problems, as sentences.
 */
export function validateEnvironment(stack: Stack, { account, region }: ParsedInstances): string[] {
  const env = Object.entries({ account, region } satisfies Environment)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: '${value}'`);
  return [
    { kind: 'Region', instances: region, stack: stack.region },
    { kind: 'account', instances: account, stack: stack.account },
  ]
    .filter(({ instances, stack }) => instances !== undefined && isOther(stack, instances))
    .map(
      ({ kind, instances, stack }) =>
        `The stack is in ${kind} ${stack}, but its Connect instances are in ` +
        `${instances}. Give the stack the env { ${env.join(', ')} }.`,
    );
}

/**
 * What the functions use must be in the Region of the stack, and except for a key in its account.
 *
 * @returns the problems, as sentences.
 */
export function validateResources(
  stack: Stack,
  { encryptionKey, ...others }: { readonly [property: string]: IResource | undefined },
): string[] {
  const problem = (property: string, kind: string, value: string, expected: string) =>
    isOther(value, expected) && !Token.isUnresolved(expected)
      ? [`${property} is in ${kind} ${value}, but the stack is in ${expected}. Give one that is there.`]
      : [];
  return [
    ...Object.entries({ encryptionKey, ...others }).flatMap(([property, resource]) =>
      resource ? problem(property, 'Region', resource.env.region, stack.region) : [],
    ),
    ...Object.entries(others).flatMap(([property, resource]) =>
      resource ? problem(property, 'account', resource.env.account, stack.account) : [],
    ),
  ];
}

function isOther(value: string, expected: string): boolean {
  return !Token.isUnresolved(value) && value !== expected;
}
