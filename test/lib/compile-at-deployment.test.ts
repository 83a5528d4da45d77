import { expect, test } from '@jest/globals';
import { findResource, nameOf, synthesize } from './synthesize.ts';

const { template } = synthesize();

test('a deployment of changed code has the configuration compiled, and does not wait for it', () => {
  const { Properties } = findResource(template, 'EscalatorCompileAtDeploymentTrigger');
  expect(Properties).toMatchObject({ InvocationType: 'Event', ExecuteOnHandlerChange: true });
  // Each change of the code or the configuration of the function makes another version.
  expect(Properties.HandlerArn.Ref).toMatch(/^EscalatorPolicyChangesFunctionCurrentVersion/);
});

test('the configuration is compiled when the function may read the parameters and write the table', () => {
  const { DependsOn } = findResource(template, 'EscalatorCompileAtDeploymentTrigger');
  expect(DependsOn.map(nameOf)).toEqual(
    expect.arrayContaining([
      'EscalatorContactsTable',
      'EscalatorPolicyChangesFunctionRoleDefaultPolicy',
      'EscalatorRuleMessages',
    ]),
  );
});
