import { expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { ConnectEscalator } from '../../lib/index.ts';
import { INSTANCE, nameOf, OTHER_INSTANCE, synthesize, testApp } from './synthesize.ts';

type Permissions = Record<string, Record<string, string[]>>;

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

/** The items of the table of one kind that is not contacts. */
function itemsOf(kind: string): string {
  return `EscalatorContactsTable where {"ForAllValues:StringLike":{"dynamodb:LeadingKeys":["${kind}#*"]},"Null":{"dynamodb:LeadingKeys":"false"}}`;
}

/** The items of the table that are of none of these kinds. */
const CONTACTS = `EscalatorContactsTable where {"ForAllValues:StringNotLike":{"dynamodb:LeadingKeys":${JSON.stringify(
  ['configuration#*', 'quota#*', 'idempotency#*', 'sweep#*', 'fan-out#*', 'queue#*', 'customer#*'],
)}},"Null":{"dynamodb:LeadingKeys":"false"}}`;

const PARAMETERS = 'arn:aws:ssm:eu-central-1:123456789012:parameter/connect-escalator';

/**
 * What the functions that compile the configuration may do: read the path with everything below it, and the history of
 * policies and settings, which contains their last valid versions; and publish the result, and no other item.
 */
const COMPILE = {
  [PARAMETERS]: ['ssm:GetParametersByPath'],
  [`${PARAMETERS}/policies/*`]: ['ssm:GetParameterHistory'],
  [`${PARAMETERS}/calendars/*`]: ['ssm:GetParameterHistory'],
  [`${PARAMETERS}/conditions/*`]: ['ssm:GetParameterHistory'],
  [`${PARAMETERS}/settings`]: ['ssm:GetParameterHistory'],
  [`${PARAMETERS}/pause`]: ['ssm:GetParameterHistory'],
  [itemsOf('configuration')]: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
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
      [CONTACTS]: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      [itemsOf('configuration')]: ['dynamodb:GetItem'],
      [itemsOf('queue')]: ['dynamodb:GetItem'],
      [itemsOf('customer')]: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      EscalatorRuleMessagesWakeUps: ['sqs:SendMessage'],
      EscalatorDispatch: ['sqs:SendMessage'],
      EscalatorContactEventsContactEventsDlq: [
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:SendMessage',
      ],
    },
    EscalatorRuleMessagesFunctionRole: {
      EscalatorRuleMessagesFunctionLogs: LOG,
      [CONTACTS]: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
      [itemsOf('configuration')]: ['dynamodb:GetItem'],
      'EscalatorContactsTable/index/queued': ['dynamodb:Query', 'dynamodb:Scan'],
      [itemsOf('fan-out')]: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      [itemsOf('queue')]: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      [itemsOf('customer')]: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      [`${INSTANCE}/queue/*`]: ['connect:GetCurrentMetricData', 'connect:ListQueues'],
      [`${OTHER_INSTANCE}/queue/*`]: ['connect:GetCurrentMetricData', 'connect:ListQueues'],
      EscalatorRuleMessages: [...RECEIVE, 'sqs:SendMessage'],
      EscalatorRuleMessagesRuleMessagesDlq: ['sqs:SendMessage'],
      EscalatorRuleMessagesOperatorMessages: RECEIVE,
      EscalatorRuleMessagesOperatorMessagesDlq: ['sqs:SendMessage'],
      EscalatorRuleMessagesWakeUps: [...RECEIVE, 'sqs:SendMessage'],
      EscalatorRuleMessagesWakeUpsDlq: ['sqs:SendMessage'],
      EscalatorDispatch: ['sqs:SendMessage'],
    },
    EscalatorDispatchFunctionRole: {
      EscalatorDispatchFunctionLogs: LOG,
      [CONTACTS]: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
      [itemsOf('configuration')]: ['dynamodb:GetItem'],
      [itemsOf('quota')]: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      [itemsOf('idempotency')]: [
        'dynamodb:DeleteItem',
        'dynamodb:GetItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
      ],
      'EscalatorContactsTable/index/pending': ['dynamodb:Query'],
      EscalatorRuleMessagesWakeUps: ['sqs:SendMessage'],
      EscalatorDispatch: [...RECEIVE, 'sqs:SendMessage'],
      EscalatorDispatchDispatchDlq: ['sqs:SendMessage'],
      [`${INSTANCE}/contact/*`]: ['connect:DescribeContact', 'connect:UpdateContactRoutingData'],
      [`${OTHER_INSTANCE}/contact/*`]: ['connect:DescribeContact', 'connect:UpdateContactRoutingData'],
    },
    EscalatorPolicyChangesFunctionRole: {
      EscalatorPolicyChangesFunctionLogs: LOG,
      EscalatorRuleMessagesWakeUps: ['sqs:SendMessage'],
      EscalatorPolicyChangesPolicyChangesDlq: [
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:SendMessage',
      ],
      ...COMPILE,
    },
    EscalatorSweepFunctionRole: {
      EscalatorSweepFunctionLogs: LOG,
      [CONTACTS]: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
      [itemsOf('quota')]: ['dynamodb:GetItem'],
      [itemsOf('sweep')]: ['dynamodb:GetItem', 'dynamodb:PutItem'],
      'EscalatorContactsTable/index/queued': ['dynamodb:Scan'],
      'EscalatorContactsTable/index/pending': ['dynamodb:Query'],
      'arn:aws:events:eu-central-1:123456789012:event-bus/default where {"StringEquals":{"events:source":"connect-escalator"}}':
        ['events:PutEvents'],
      'arn:aws:connect:eu-central-1:123456789012:instance/11111111-2222-3333-4444-555555555555': [
        'connect:SearchContacts',
      ],
      'arn:aws:connect:eu-central-1:123456789012:instance/66666666-7777-8888-9999-000000000000': [
        'connect:SearchContacts',
      ],
      EscalatorRuleMessagesWakeUps: ['sqs:SendMessage'],
      EscalatorDispatch: ['sqs:SendMessage'],
      ...COMPILE,
    },
    EscalatorSweepScheduleRole: {
      EscalatorSweepFunction: ['lambda:InvokeFunction'],
      'EscalatorSweepFunction:*': ['lambda:InvokeFunction'],
    },
  });
});

const TRIGGER_ROLE = 'AWSCDKTriggerCustomResourceProviderCustomResourceProviderRole';

test('no role has permissions outside its policy document, except that of the CDK which starts policy-changes', () => {
  const { template } = synthesize();
  const roles = Object.entries(template.findResources('AWS::IAM::Role'));
  const own = roles.filter(([id]) => nameOf(id) !== TRIGGER_ROLE);
  expect(own.map(([, { Properties }]) => Object.keys(Properties))).toEqual(
    Array(6).fill(['AssumeRolePolicyDocument']),
  );
  const [trigger] = roles.filter(([id]) => nameOf(id) === TRIGGER_ROLE);
  const [{ PolicyDocument }, ...others] = trigger?.[1].Properties.Policies ?? [];
  expect(others).toEqual([]);
  expect(PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: [expect.anything()] },
  ]);
  expect(nameOf(PolicyDocument.Statement[0].Resource[0])).toBe('EscalatorPolicyChangesFunction:*');
  expect(template.findResources('AWS::IAM::ManagedPolicy')).toEqual({});
});

test.each([
  ['grantSendSignals', 'EscalatorRuleMessages'],
  ['grantSendOverrides', 'EscalatorRuleMessagesOperatorMessages'],
] as const)('%s allows to send to %s, and nothing else', (grant, queue) => {
  const stack = new Stack(testApp(), 'UserStack');
  const escalator = new ConnectEscalator(stack, 'Escalator', { instanceArns: [INSTANCE] });
  const role = new Role(stack, 'Crm', { assumedBy: new AccountRootPrincipal() });
  escalator[grant](role).assertSuccess();
  expect(permissions(Template.fromStack(stack)).Crm).toEqual({ [queue]: ['sqs:SendMessage'] });
});

test('nobody but the functions may send wake-ups, and no policy of their queue allows it', () => {
  const { template } = synthesize();
  const senders = Object.entries(permissions(template))
    .filter(([, byResource]) => byResource.EscalatorRuleMessagesWakeUps?.includes('sqs:SendMessage'))
    .map(([role]) => role);
  expect(senders.sort()).toEqual(
    ['ContactEvents', 'Dispatch', 'PolicyChanges', 'RuleMessages', 'Sweep'].map(
      (name) => `Escalator${name}FunctionRole`,
    ),
  );
  const allowed = Object.values(template.findResources('AWS::SQS::QueuePolicy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter((statement: Statement) => statement.Effect === 'Allow')
    .map((statement: Statement) => nameOf(statement.Resource));
  expect(allowed).not.toContain('EscalatorRuleMessagesWakeUps');
  expect(allowed).not.toContain('EscalatorRuleMessagesOperatorMessages');
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
  const { Condition: _condition, ...others } = statement;
  expect(Object.keys(others).sort()).toEqual(['Action', 'Effect', 'Resource']);
  expect(statement.Effect).toBe('Allow');
  for (const resource of [statement.Resource].flat().map(nameOf)) {
    const key = statement.Condition ? `${resource} where ${JSON.stringify(statement.Condition)}` : resource;
    byResource[key] = [...new Set([...(byResource[key] ?? []), statement.Action].flat())].sort();
  }
}
