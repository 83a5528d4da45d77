import { expect, test } from '@jest/globals';
import type { Template } from 'aws-cdk-lib/assertions';
import { INSTANCE, nameOf, OTHER_INSTANCE, ownFunctions, synthesize } from './synthesize.ts';

test('all functions run on Node.js 24 on arm64 with the configuration of Powertools', () => {
  const { template } = synthesize();
  const functions = Object.values(ownFunctions(template));
  expect(functions).toHaveLength(5);
  for (const { Properties } of functions) {
    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      MemorySize: 512,
      Environment: {
        Variables: {
          POWERTOOLS_SERVICE_NAME: 'connect-escalator',
          POWERTOOLS_METRICS_NAMESPACE: 'ConnectEscalator',
          POWERTOOLS_LOG_LEVEL: 'INFO',
        },
      },
    });
    // A source map that Node.js reads at a start makes the start longer.
    expect(Properties.Environment.Variables).not.toHaveProperty('NODE_OPTIONS');
  }
});

test('logs are kept for a month and are deleted with the stack', () => {
  const { template } = synthesize();
  template.resourceCountIs('AWS::Logs::LogGroup', 5);
  template.allResources('AWS::Logs::LogGroup', {
    Properties: { RetentionInDays: 30 },
    DeletionPolicy: 'Delete',
  });
});

test('each function has environment variables for what it uses, and no others', () => {
  const { template } = synthesize({ instanceArns: [INSTANCE, OTHER_INSTANCE], prefix: '/team/escalator' });
  const INSTANCE_IDS = '11111111-2222-3333-4444-555555555555,66666666-7777-8888-9999-000000000000';
  const CONTACTS_TABLE = 'EscalatorContactsTable';
  const WAKE_UPS_QUEUE_URL = 'EscalatorRuleMessagesWakeUps';
  const DISPATCH_QUEUE_URL = 'EscalatorDispatch';
  const PARAMETER_PREFIX = '/team/escalator';
  const functions = Object.entries(ownFunctions(template)).map(([id, { Properties }]) => [
    nameOf(id),
    Object.fromEntries(
      Object.entries(Properties.Environment.Variables)
        .filter(([variable]) => !/^(NODE_OPTIONS|POWERTOOLS_)/.test(variable))
        .map(([variable, value]) => [variable, nameOf(value)]),
    ),
  ]);
  expect(Object.fromEntries(functions)).toEqual({
    EscalatorPolicyChangesFunction: {
      CONTACTS_TABLE,
      PARAMETER_PREFIX,
      WAKE_UPS_QUEUE_URL,
    },
    EscalatorSweepFunction: {
      INSTANCE_IDS,
      CONTACTS_TABLE,
      WAKE_UPS_QUEUE_URL,
      DISPATCH_QUEUE_URL,
      PARAMETER_PREFIX,
    },
    EscalatorContactEventsFunction: {
      INSTANCE_IDS,
      CONTACTS_TABLE,
      WAKE_UPS_QUEUE_URL,
      DISPATCH_QUEUE_URL,
    },
    EscalatorRuleMessagesFunction: {
      INSTANCE_IDS,
      CONTACTS_TABLE,
      WAKE_UPS_QUEUE_URL,
      WAKE_UPS_DLQ_URL: 'EscalatorRuleMessagesWakeUpsDlq',
      RULE_MESSAGES_QUEUE_URL: 'EscalatorRuleMessages',
      RULE_MESSAGES_DLQ_URL: 'EscalatorRuleMessagesRuleMessagesDlq',
      OPERATOR_MESSAGES_QUEUE_URL: 'EscalatorRuleMessagesOperatorMessages',
      OPERATOR_MESSAGES_DLQ_URL: 'EscalatorRuleMessagesOperatorMessagesDlq',
      DISPATCH_QUEUE_URL,
    },
    EscalatorDispatchFunction: {
      INSTANCE_IDS,
      CONTACTS_TABLE,
      WAKE_UPS_QUEUE_URL,
      DISPATCH_QUEUE_URL,
      DISPATCH_DLQ_URL: 'EscalatorDispatchDispatchDlq',
    },
  });
});

test('tracing is off by default', () => {
  const tracing = (template: Template) =>
    Object.values(ownFunctions(template)).map(({ Properties }) => Properties.TracingConfig?.Mode);
  expect(tracing(synthesize().template)).toEqual(Array(5).fill(undefined));
  expect(tracing(synthesize({ tracing: true }).template)).toEqual(Array(5).fill('Active'));
});
