import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, type IGrantable, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type Access, CAPABILITIES, COMMAND_ACCESS } from '../../lib/access.ts';
import type { ConnectEscalator, ConnectEscalatorProps } from '../../lib/index.ts';
import { findResource, INSTANCE, nameOf, userStack } from './synthesize.ts';

const PARAMETERS = 'arn:aws:ssm:eu-central-1:123456789012:parameter/connect-escalator';
const VIEW = {
  [PARAMETERS]: ['ssm:GetParametersByPath'],
  [`${PARAMETERS}/deployment`]: ['ssm:GetParameter'],
  [`${PARAMETERS}-quota/only-one-connect-escalator-in-each-account-and-region`]: ['ssm:GetParameter'],
  ...Object.fromEntries(
    ['policies/*', 'calendars/*', 'conditions/*', 'settings'].map((name) => [
      `${PARAMETERS}/${name}`,
      ['ssm:GetParameterHistory'],
    ]),
  ),
  EscalatorContactsTable: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
  'EscalatorContactsTable/index/pending': ['dynamodb:Query'],
  'EscalatorContactsTable/index/queued': ['dynamodb:Query', 'dynamodb:Scan'],
  ...Object.fromEntries(
    ['ContactEvents', 'RuleMessages', 'Dispatch', 'PolicyChanges', 'Sweep'].map((name) => [
      `Escalator${name}Function`,
      ['lambda:GetFunctionConfiguration'],
    ]),
  ),
  ...Object.fromEntries(
    [
      'ContactEventsContactEvents',
      'RuleMessagesRuleMessages',
      'RuleMessagesOperatorMessages',
      'RuleMessagesWakeUps',
      'DispatchDispatch',
      'PolicyChangesPolicyChanges',
    ].map((name) => [`Escalator${name}Dlq`, ['sqs:GetQueueAttributes']]),
  ),
  ...Object.fromEntries(
    [
      'EscalatorContactEvents',
      'EscalatorPolicyChangesParameterChanges',
      'EscalatorRuleMessagesRuleEvents',
    ].map((rule) => [rule, ['events:DescribeRule']]),
  ),
  EscalatorSweepSchedule: ['scheduler:GetSchedule'],
  'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*': ['cloudwatch:DescribeAlarms'],
  ...Object.fromEntries(
    ['', '/queue/*', '/agent/*'].map((below) => [
      `${INSTANCE}${below}`,
      [
        'connect:DescribeInstance',
        'connect:DescribePredefinedAttribute',
        'connect:ListPredefinedAttributes',
        'connect:ListQueues',
        'connect:ListUsers',
      ],
    ]),
  ),
  '*': [
    'cloudwatch:GetMetricData',
    'lambda:GetAccountSettings',
    'lambda:ListEventSourceMappings',
    'servicequotas:ListAWSDefaultServiceQuotas',
    'servicequotas:ListServiceQuotas',
  ],
};
const EDIT = ['ssm:GetParameter', 'ssm:GetParameterHistory', 'ssm:PutParameter'];
const RECEIVE = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
];

type GrantTo = (escalator: ConnectEscalator, grantee: IGrantable) => { readonly success: boolean };

/** The stack of a user with a role that has one of the grants. */
function grantedStack(grant: GrantTo, props: Partial<ConnectEscalatorProps> = {}) {
  const made = userStack((stack) =>
    'encryptionKey' in props ? { encryptionKey: new Key(stack, 'Key') } : props,
  );
  const role = new Role(made.stack, 'People', { assumedBy: new AccountPrincipal('123456789012') });
  expect(grant(made.escalator, role).success).toBe(true);
  return { ...made, template: Template.fromStack(made.stack) };
}

/** What the people may do, by resource. */
function permissions(of: Template): Record<string, string[]> {
  const { Statement } = findResource(of, 'PeopleDefaultPolicy').Properties.PolicyDocument;
  const found: Record<string, string[]> = {};
  for (const { Action, Resource, Condition } of Statement) {
    expect(Condition).toBeUndefined();
    for (const name of [Resource].flat().map(nameOf)) {
      found[name] = [...new Set([...(found[name] ?? []), Action].flat())].sort();
    }
  }
  return found;
}

describe.each<{ name: string; grant: GrantTo; expected: Record<string, string[]>; key: string[] }>([
  {
    name: 'grantView',
    grant: (escalator, people) => escalator.grantView(people),
    expected: VIEW,
    key: ['kms:Decrypt', 'kms:DescribeKey'],
  },
  {
    name: 'grantEditPolicies',
    grant: (escalator, people) => escalator.grantEditPolicies(people),
    expected: {
      ...VIEW,
      [`${PARAMETERS}/policies/*`]: ['ssm:DeleteParameter', ...EDIT],
      [`${PARAMETERS}/calendars/*`]: ['ssm:DeleteParameter', ...EDIT],
      [`${PARAMETERS}/conditions/*`]: ['ssm:DeleteParameter', ...EDIT],
      [`${PARAMETERS}/settings`]: EDIT,
    },
    key: ['kms:Decrypt', 'kms:DescribeKey'],
  },
  {
    name: 'grantOperate',
    grant: (escalator, people) => escalator.grantOperate(people),
    expected: {
      [PARAMETERS]: ['ssm:GetParametersByPath'],
      [`${PARAMETERS}/deployment`]: ['ssm:GetParameter'],
      [`${PARAMETERS}/pause`]: ['ssm:DeleteParameter', 'ssm:GetParameter', 'ssm:PutParameter'],
      ...Object.fromEntries(
        ['policies/*', 'calendars/*', 'conditions/*'].map((name) => [
          `${PARAMETERS}/${name}`,
          ['ssm:GetParameterHistory'],
        ]),
      ),
      [`${PARAMETERS}/settings`]: ['ssm:GetParameter', 'ssm:GetParameterHistory'],
      EscalatorContactsTable: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      'EscalatorContactsTable/index/pending': ['dynamodb:Query'],
      'EscalatorContactsTable/index/queued': ['dynamodb:Scan'],
      '*': ['cloudwatch:GetMetricData'],
      'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*': ['cloudwatch:DescribeAlarms'],
      ...Object.fromEntries(
        ['', '/queue/*', '/agent/*'].map((below) => [
          `${INSTANCE}${below}`,
          ['connect:ListQueues', 'connect:SearchContacts'],
        ]),
      ),
      EscalatorRuleMessages: ['sqs:SendMessage'],
      EscalatorRuleMessagesOperatorMessages: ['sqs:SendMessage'],
      EscalatorDispatch: ['sqs:SendMessage'],
      EscalatorContactEventsContactEventsDlq: RECEIVE,
      EscalatorRuleMessagesRuleMessagesDlq: RECEIVE,
      EscalatorRuleMessagesOperatorMessagesDlq: RECEIVE,
      EscalatorRuleMessagesWakeUpsDlq: RECEIVE,
      EscalatorDispatchDispatchDlq: RECEIVE,
      EscalatorPolicyChangesPolicyChangesDlq: RECEIVE,
    },
    key: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  },
])('$name', ({ grant, expected, key }) => {
  test('allows this and nothing else', () => {
    expect(permissions(grantedStack(grant).template)).toEqual(expected);
  });

  test('allows the use of the key of the customer', () => {
    const made = grantedStack(grant, { encryptionKey: undefined });
    expect(permissions(made.template)).toEqual({ ...expected, Key: key });
  });

  test('leaves nothing for cdk-nag to find in the role', () => {
    const { stack } = grantedStack(grant);
    expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([]);
  });
});

test('each command that calls AWS is part of a grant', () => {
  const granted = new Set<string>(Object.values(CAPABILITIES).flat());
  expect(Object.keys(COMMAND_ACCESS).filter((command) => !granted.has(command))).toEqual([]);
});

test('docs/access.md, under whose policies the commands are tested, has the actions that the grants allow', () => {
  const page = readFileSync('docs/access.md', 'utf8');
  const documented = [...page.matchAll(/^## (\w+).*?```json\n(.*?)^```$/gms)].flatMap(
    ([, command = '', json = '']) =>
      JSON.parse(json).flatMap(({ Action }: { Action: string | string[] }) =>
        [Action].flat().map((action) => `${command}: ${action}`),
      ),
  );
  const granted = Object.entries<readonly Access[]>(COMMAND_ACCESS).flatMap(([command, permissions]) =>
    permissions.flatMap(({ actions }) => actions.map((action) => `${command.split(' ')[0]}: ${action}`)),
  );
  expect([...new Set(documented)].sort()).toEqual([...new Set(granted)].sort());
});
