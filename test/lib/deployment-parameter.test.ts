import { expect, test } from '@jest/globals';
import { parseDeployment } from '../../cli/aws/deployment.ts';
import { named, resourceNamed, synthesize } from './synthesize.ts';

test('a parameter says where the deployment keeps what, as the tools read it', () => {
  const { template } = synthesize({ prefix: '/team/escalator' });
  const { Name, Type, Value } = resourceNamed(template, 'EscalatorDeploymentParameter').Properties;
  expect({ Name, Type }).toEqual({ Name: '/team/escalator/deployment', Type: 'String' });
  expect(parseDeployment(named(Value))).toEqual({
    contactsTable: 'EscalatorContactsTable',
    ruleMessagesQueueUrl: 'EscalatorRuleMessages',
    dispatchQueueUrl: 'EscalatorDispatch',
    deadLetterQueueUrls: {
      ContactEventsDlq: 'EscalatorContactEventsContactEventsDlq',
      RuleMessagesDlq: 'EscalatorRuleMessagesRuleMessagesDlq',
      DispatchDlq: 'EscalatorDispatchDispatchDlq',
      PolicyChangesDlq: 'EscalatorPolicyChangesPolicyChangesDlq',
    },
  });
});

test('a change of it is no change of a policy', () => {
  const { template } = synthesize({ prefix: '/team/escalator' });
  const rule = resourceNamed(template, 'EscalatorPolicyChangesParameterChanges').Properties;
  expect(rule.EventPattern).toEqual({
    source: ['aws.ssm'],
    'detail-type': ['Parameter Store Change'],
    detail: {
      name: [{ prefix: '/team/escalator/policies/' }, '/team/escalator/settings'],
      operation: ['Create', 'Update', 'Delete'],
    },
  });
});
