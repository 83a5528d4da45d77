import { expect, test } from '@jest/globals';
import { nameOf, synthesize } from './synthesize.ts';

const QUEUES = [
  'EscalatorContactEventsContactEventsDlq',
  'EscalatorDispatch',
  'EscalatorDispatchDispatchDlq',
  'EscalatorPolicyChangesPolicyChangesDlq',
  'EscalatorRuleMessages',
  'EscalatorRuleMessagesOperatorMessages',
  'EscalatorRuleMessagesOperatorMessagesDlq',
  'EscalatorRuleMessagesRuleMessagesDlq',
  'EscalatorRuleMessagesWakeUps',
  'EscalatorRuleMessagesWakeUpsDlq',
];

test('every queue is encrypted', () => {
  const { template } = synthesize();
  expect(Object.keys(template.findResources('AWS::SQS::Queue')).map(nameOf).sort()).toEqual(QUEUES);
  template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
});

test('every queue denies requests without TLS', () => {
  const { template } = synthesize();
  const denying = Object.values(template.findResources('AWS::SQS::QueuePolicy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter(
      (statement: { Effect: string; Condition: object }) =>
        statement.Effect === 'Deny' &&
        JSON.stringify(statement.Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
    ).map((statement: { Resource: unknown }) => nameOf(statement.Resource)),
  );
  expect(denying.sort()).toEqual(QUEUES);
});
