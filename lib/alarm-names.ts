import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/**
 * What the names of all alarms below a construct begin with. CloudFormation makes the name of a resource from the name
 * of the stack, the logical id and a random text.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
 *
 * @returns undefined where there are no alarms.
 */
export function alarmNamePrefix(scope: IConstruct): string | undefined {
  const stack = Stack.of(scope);
  const alarms = scope.node.findAll().filter((node) => node instanceof CfnAlarm);
  const [first, ...others] = alarms.map((alarm) => stack.getLogicalId(alarm));
  if (first === undefined) return undefined;
  return `${stack.stackName}-${others.reduce(commonPrefix, first)}`;
}

function commonPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
