import { expect, test } from '@jest/globals';
import { named, synthesize } from './synthesize.ts';

const QUEUES = [
  'EscalatorContactEventsContactEventsDlq',
  'EscalatorDispatch',
  'EscalatorDispatchDispatchDlq',
  'EscalatorPolicyChangesPolicyChangesDlq',
  'EscalatorRuleMessages',
  'EscalatorRuleMessagesRuleMessagesDlq',
];

test('every queue is encrypted', () => {
  const { template } = synthesize();
  expect(Object.keys(template.findResources('AWS::SQS::Queue')).map(named).sort()).toEqual(QUEUES);
  template.allResourcesProperties('AWS::SQS::Queue', { SqsManagedSseEnabled: true });
});

test('every queue refuses whatever comes without TLS', () => {
  const { template } = synthesize();
  const refusing = Object.values(template.findResources('AWS::SQS::QueuePolicy')).flatMap(({ Properties }) =>
    Properties.PolicyDocument.Statement.filter(
      (statement: { Effect: string; Condition: object }) =>
        statement.Effect === 'Deny' &&
        JSON.stringify(statement.Condition) === '{"Bool":{"aws:SecureTransport":"false"}}',
    ).map((statement: { Resource: unknown }) => named(statement.Resource)),
  );
  expect(refusing.sort()).toEqual(QUEUES);
});
