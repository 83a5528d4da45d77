import { expect, test } from '@jest/globals';
import { parseDeployment } from '../../cli/aws/deployment.ts';
import { VERSION } from '../../lambda/domain/version.ts';
import { findResource, INSTANCE, nameOf, synthesize } from './synthesize.ts';

test('the command line parses the queues and the table from the parameter', () => {
  const { template } = synthesize({ prefix: '/team/escalator' });
  const { Name, Type, Value } = findResource(template, 'EscalatorDeploymentParameter').Properties;
  expect({ Name, Type }).toEqual({ Name: '/team/escalator/deployment', Type: 'String' });
  expect(parseDeployment(nameOf(Value))).toEqual({
    version: VERSION,
    instanceIds: [INSTANCE.slice(INSTANCE.lastIndexOf('/') + 1)],
    contactsTable: 'EscalatorContactsTable',
    ruleMessagesQueueUrl: 'EscalatorRuleMessages',
    operatorMessagesQueueUrl: 'EscalatorRuleMessagesOperatorMessages',
    wakeUpsQueueUrl: 'EscalatorRuleMessagesWakeUps',
    dispatchQueueUrl: 'EscalatorDispatch',
    deadLetterQueueUrls: {
      ContactEventsDlq: 'EscalatorContactEventsContactEventsDlq',
      RuleMessagesDlq: 'EscalatorRuleMessagesRuleMessagesDlq',
      OperatorMessagesDlq: 'EscalatorRuleMessagesOperatorMessagesDlq',
      WakeUpsDlq: 'EscalatorRuleMessagesWakeUpsDlq',
      DispatchDlq: 'EscalatorDispatchDispatchDlq',
      PolicyChangesDlq: 'EscalatorPolicyChangesPolicyChangesDlq',
    },
    resources: {
      functions: {
        ContactEvents: 'EscalatorContactEventsFunction',
        RuleMessages: 'EscalatorRuleMessagesFunction',
        Dispatch: 'EscalatorDispatchFunction',
        PolicyChanges: 'EscalatorPolicyChangesFunction',
        Sweep: 'EscalatorSweepFunction',
      },
      rules: [
        'EscalatorContactEvents',
        'EscalatorPolicyChangesParameterChanges',
        'EscalatorRuleMessagesRuleEvents',
      ],
      schedule: 'EscalatorSweepSchedule',
      alarmPrefix: 'ConnectEscalator-EscalatorAlarms',
    },
  });
});

test('a change of the parameter does not count as a change of a policy', () => {
  const { template } = synthesize({ prefix: '/team/escalator' });
  const rule = findResource(template, 'EscalatorPolicyChangesParameterChanges').Properties;
  expect(rule.EventPattern).toEqual({
    source: ['aws.ssm'],
    'detail-type': ['Parameter Store Change'],
    detail: {
      name: [
        { prefix: '/team/escalator/policies/' },
        { prefix: '/team/escalator/calendars/' },
        { prefix: '/team/escalator/conditions/' },
        '/team/escalator/settings',
        { prefix: { 'equals-ignore-case': '/team/escalator/pause' } },
      ],
      operation: ['Create', 'Update', 'Delete'],
    },
  });
});
