import { expect, test } from '@jest/globals';
import { Match } from 'aws-cdk-lib/assertions';
import { INSTANCE, nameOf, OTHER_INSTANCE, synthesize } from './synthesize.ts';

const FUNCTION = 'AWS::Lambda::Function';

test('all functions run on Node.js 24 on arm64 with source maps and the configuration of Powertools', () => {
  const { template } = synthesize();
  template.resourceCountIs(FUNCTION, 5);
  template.allResourcesProperties(FUNCTION, {
    Runtime: 'nodejs24.x',
    Architectures: ['arm64'],
    Handler: 'index.handler',
    MemorySize: 512,
    Environment: {
      Variables: Match.objectLike({
        NODE_OPTIONS: '--enable-source-maps',
        POWERTOOLS_SERVICE_NAME: 'connect-escalator',
        POWERTOOLS_METRICS_NAMESPACE: 'ConnectEscalator',
        POWERTOOLS_LOG_LEVEL: 'INFO',
      }),
    },
  });
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
  const RULE_MESSAGES_QUEUE_URL = 'EscalatorRuleMessages';
  const DISPATCH_QUEUE_URL = 'EscalatorDispatch';
  const PARAMETER_PREFIX = '/team/escalator';
  const functions = Object.entries(template.findResources(FUNCTION)).map(([id, { Properties }]) => [
    nameOf(id),
    Object.fromEntries(
      Object.entries(Properties.Environment.Variables)
        .filter(([variable]) => !/^(NODE_OPTIONS|POWERTOOLS_)/.test(variable))
        .map(([variable, value]) => [variable, nameOf(value)]),
    ),
  ]);
  expect(Object.fromEntries(functions)).toEqual({
    EscalatorPolicyChangesFunction: {
      PARAMETER_PREFIX: '/team/escalator',
      RULE_MESSAGES_QUEUE_URL: 'EscalatorRuleMessages',
    },
    EscalatorSweepFunction: {
      INSTANCE_IDS,
      CONTACTS_TABLE,
      RULE_MESSAGES_QUEUE_URL,
      DISPATCH_QUEUE_URL,
      PARAMETER_PREFIX,
    },
    EscalatorContactEventsFunction: {
      INSTANCE_IDS,
      CONTACTS_TABLE,
      RULE_MESSAGES_QUEUE_URL,
      DISPATCH_QUEUE_URL,
      PARAMETER_PREFIX,
    },
    EscalatorRuleMessagesFunction: {
      INSTANCE_IDS,
      CONTACTS_TABLE,
      RULE_MESSAGES_QUEUE_URL,
      RULE_MESSAGES_DLQ_URL: 'EscalatorRuleMessagesRuleMessagesDlq',
      DISPATCH_QUEUE_URL,
      PARAMETER_PREFIX,
    },
    EscalatorDispatchFunction: {
      INSTANCE_IDS,
      CONTACTS_TABLE,
      RULE_MESSAGES_QUEUE_URL,
      DISPATCH_QUEUE_URL,
      DISPATCH_DLQ_URL: 'EscalatorDispatchDispatchDlq',
      PARAMETER_PREFIX,
    },
  });
});

test('tracing is off by default', () => {
  synthesize().template.allResourcesProperties(FUNCTION, { TracingConfig: Match.absent() });
  synthesize({ tracing: true }).template.allResourcesProperties(FUNCTION, {
    TracingConfig: { Mode: 'Active' },
  });
});
