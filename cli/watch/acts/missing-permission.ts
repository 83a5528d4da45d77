import type { ActType } from './act.ts';

const SEND = ['sqs:SendMessage'];

/** What IAM must allow for an act, the main action first. docs/access.md has the resources. */
const ACTIONS: Readonly<Record<ActType, readonly string[]>> = {
  override: SEND,
  release: SEND,
  signal: SEND,
  pause: ['ssm:PutParameter', 'ssm:GetParameter'],
  resume: [
    'ssm:DeleteParameter',
    'ssm:GetParameter',
    'ssm:GetParameterHistory',
    'ssm:GetParametersByPath',
    'dynamodb:GetItem',
  ],
};

/**
 * The IAM action that was denied.
 *
 * @param message - of the error of AWS, which names the action in any letters, or not at all.
 * @returns undefined for another error.
 */
export function missingPermission(type: ActType, message: string): string | undefined {
  if (!/AccessDenied|NotAuthorized|not authorized/i.test(message)) return undefined;
  const [, named = ''] = /perform: ([a-z-]+:\w+)/i.exec(message) ?? [];
  const known = ACTIONS[type].find((action) => action.toLowerCase() === named.toLowerCase());
  return known ?? (named || ACTIONS[type][0]);
}
