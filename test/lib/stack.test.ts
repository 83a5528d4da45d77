import { expect, test } from '@jest/globals';
import { VERSION } from '../../lambda/domain/version.ts';
import { synthesize } from './synthesize.ts';

const VALUE = { Ref: expect.any(String) };

test('the outputs have these names and values', () => {
  const { template } = synthesize({ prefix: '/team/escalator' });
  expect(template.toJSON().Outputs).toEqual({
    RuleMessagesQueueUrl: { Description: expect.any(String), Value: VALUE },
    OperatorMessagesQueueUrl: { Description: expect.any(String), Value: VALUE },
    WakeUpsQueueUrl: { Description: expect.any(String), Value: VALUE },
    ContactsTableName: { Description: expect.any(String), Value: VALUE },
    PolicyPath: { Description: expect.any(String), Value: '/team/escalator/policies' },
    SettingsParameter: { Description: expect.any(String), Value: '/team/escalator/settings' },
  });
  const type = (output: string) => {
    const { Outputs, Resources } = template.toJSON();
    return Resources[Outputs[output].Value.Ref].Type;
  };
  expect(type('RuleMessagesQueueUrl')).toBe('AWS::SQS::Queue');
  expect(type('OperatorMessagesQueueUrl')).toBe('AWS::SQS::Queue');
  expect(type('ContactsTableName')).toBe('AWS::DynamoDB::GlobalTable');
});

test('the stack is in the account and Region of its instances', () => {
  const { stack } = synthesize();
  expect({ account: stack.account, region: stack.region }).toEqual({
    account: '123456789012',
    region: 'eu-central-1',
  });
});

test('the template states the version', () => {
  expect(synthesize().template.toJSON().Metadata).toEqual({ 'connect-escalator': { version: VERSION } });
});
