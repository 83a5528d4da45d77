import { expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { INSTANCE, nameOf, OTHER_INSTANCE, synthesize } from './synthesize.ts';

type Permissions = Record<string, Record<string, string[]>>;

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

const PARAMETERS = 'arn:aws:ssm:eu-central-1:123456789012:parameter/connect-escalator';

/**
 * The path with everything below it, and the history of policies, which contains their last valid versions.
 */
const READ_PARAMETERS = {
  [PARAMETERS]: ['ssm:GetParametersByPath'],
  [`${PARAMETERS}/policies/*`]: ['ssm:GetParameterHistory'],
};

const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const RECEIVE = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
];

test('each role has these permissions and no others', () => {
  const { template } = synthesize({ instanceArns: [INSTANCE, OTHER_INSTANCE] });
  expect(permissions(template)).toEqual({
    EscalatorContactEventsFunctionRole: {
      EscalatorContactEventsFunctionLogs: LOG,
      EscalatorContactsTable: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      EscalatorRuleMessages: ['sqs:SendMessage'],
      EscalatorDispatch: ['sqs:SendMessage'],
      EscalatorContactEventsContactEventsDlq: [
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:SendMessage',
      ],
      ...READ_PARAMETERS,
    },
    EscalatorRuleMessagesFunctionRole: {
      EscalatorRuleMessagesFunctionLogs: LOG,
      EscalatorContactsTable: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      'EscalatorContactsTable/index/queued': ['dynamodb:Query', 'dynamodb:Scan'],
      EscalatorRuleMessages: [...RECEIVE, 'sqs:SendMessage'],
      EscalatorRuleMessagesRuleMessagesDlq: ['sqs:SendMessage'],
      EscalatorDispatch: ['sqs:SendMessage'],
      ...READ_PARAMETERS,
    },
    EscalatorDispatchFunctionRole: {
      EscalatorDispatchFunctionLogs: LOG,
      EscalatorContactsTable: [
        'dynamodb:BatchGetItem',
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
      'EscalatorContactsTable/index/pending': ['dynamodb:Query'],
      EscalatorRuleMessages: ['sqs:SendMessage'],
      EscalatorDispatch: [...RECEIVE, 'sqs:SendMessage'],
      EscalatorDispatchDispatchDlq: ['sqs:SendMessage'],
      [`${PARAMETERS}/settings`]: ['ssm:GetParameter'],
      [`${INSTANCE}/contact/*`]: ['connect:DescribeContact', 'connect:UpdateContactRoutingData'],
      [`${OTHER_INSTANCE}/contact/*`]: ['connect:DescribeContact', 'connect:UpdateContactRoutingData'],
    },
    EscalatorPolicyChangesFunctionRole: {
      EscalatorPolicyChangesFunctionLogs: LOG,
      EscalatorRuleMessages: ['sqs:SendMessage'],
      EscalatorPolicyChangesPolicyChangesDlq: [
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:SendMessage',
      ],
      ...READ_PARAMETERS,
    },
    EscalatorSweepFunctionRole: {
      EscalatorSweepFunctionLogs: LOG,
      'EscalatorContactsTable/index/queued': ['dynamodb:Scan'],
      'EscalatorContactsTable/index/pending': ['dynamodb:Query'],
      EscalatorRuleMessages: ['sqs:SendMessage'],
      EscalatorDispatch: ['sqs:SendMessage'],
      [`${PARAMETERS}/settings`]: ['ssm:GetParameter'],
    },
    EscalatorSweepScheduleRole: {
      EscalatorSweepFunction: ['lambda:InvokeFunction'],
      'EscalatorSweepFunction:*': ['lambda:InvokeFunction'],
    },
  });
});

test('no role has permissions outside its policy document', () => {
  const { template } = synthesize();
  const roles = Object.values(template.findResources('AWS::IAM::Role'));
  expect(roles.map(({ Properties }) => Object.keys(Properties))).toEqual(
    Array(6).fill(['AssumeRolePolicyDocument']),
  );
  expect(template.findResources('AWS::IAM::ManagedPolicy')).toEqual({});
});

/** The allowed actions by role and resource, sorted. */
function permissions(template: Template): Permissions {
  const found: Permissions = {};
  for (const { Properties } of Object.values(template.findResources('AWS::IAM::Policy'))) {
    for (const role of Properties.Roles.map(nameOf)) {
      found[role] ??= {};
      for (const statement of Properties.PolicyDocument.Statement) collect(statement, found[role]);
    }
  }
  return found;
}

function collect(statement: Statement, byResource: Record<string, string[]>): void {
  expect(Object.keys(statement).sort()).toEqual(['Action', 'Effect', 'Resource']);
  expect(statement.Effect).toBe('Allow');
  for (const resource of [statement.Resource].flat().map(nameOf)) {
    byResource[resource] = [...new Set([...(byResource[resource] ?? []), statement.Action].flat())].sort();
  }
}
