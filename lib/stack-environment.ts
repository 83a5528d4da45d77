import { type Environment, type Stack, Token } from 'aws-cdk-lib/core';
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

function isOther(value: string, expected: string): boolean {
  return !Token.isUnresolved(value) && value !== expected;
}
