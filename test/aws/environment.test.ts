import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ENVIRONMENT, EnvironmentError, environment, instanceIds } from '../../lambda/aws/environment.ts';

let before: string | undefined;

beforeEach(() => {
  before = process.env.INSTANCE_IDS;
});

afterEach(() => {
  if (before === undefined) delete process.env.INSTANCE_IDS;
  else process.env.INSTANCE_IDS = before;
});

test('an instance that is given twice has one share of the quota', () => {
  process.env.INSTANCE_IDS = 'a,b,a';
  expect(instanceIds()).toEqual(['a', 'b']);
});

test('without the variable, the error says who sets it', () => {
  delete process.env.INSTANCE_IDS;
  expect(instanceIds).toThrow(
    new EnvironmentError(
      'The environment variable INSTANCE_IDS is not set. The stack sets it on each function; ' +
        'deploy the function with the stack, or set it by hand.',
    ),
  );
});

test('an empty variable is none', () => {
  process.env.INSTANCE_IDS = '';
  expect(() => environment('instanceIds')).toThrow(EnvironmentError);
});

/** Those who look at a deployed function find its resources by them. */
test('the variables have the names that functions were deployed with', () => {
  expect(ENVIRONMENT).toEqual({
    contactsTable: 'CONTACTS_TABLE',
    ruleMessagesQueueUrl: 'RULE_MESSAGES_QUEUE_URL',
    ruleMessagesDlqUrl: 'RULE_MESSAGES_DLQ_URL',
    operatorMessagesQueueUrl: 'OPERATOR_MESSAGES_QUEUE_URL',
    operatorMessagesDlqUrl: 'OPERATOR_MESSAGES_DLQ_URL',
    wakeUpsQueueUrl: 'WAKE_UPS_QUEUE_URL',
    wakeUpsDlqUrl: 'WAKE_UPS_DLQ_URL',
    dispatchQueueUrl: 'DISPATCH_QUEUE_URL',
    dispatchDlqUrl: 'DISPATCH_DLQ_URL',
    parameterPrefix: 'PARAMETER_PREFIX',
    region: 'AWS_REGION',
    instanceIds: 'INSTANCE_IDS',
  });
});
