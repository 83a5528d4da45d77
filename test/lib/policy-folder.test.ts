import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ConfigError } from '../../lib/index.ts';
import { findResource, synthesize, userStack } from './synthesize.ts';

/** Has no warnings. */
const POLICY = 'mode: observe\nsteps:\n  - after: 0s\n    set: { priority: 2 }\n';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'policies-'));
  // A synth prints its warnings.
  jest.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

const write = (name: string, text: string) => writeFileSync(join(directory, name), text);

/** The names, tiers and texts of the parameters, without those of the deployment and of the quota. */
function parametersOf(template: Template) {
  return Object.values(template.findResources('AWS::SSM::Parameter'))
    .map(({ Properties: { Name, Tier, Value } }) => ({ name: Name, tier: Tier, text: Value }))
    .filter(({ name }) => !name.endsWith('/deployment') && !name.startsWith('/connect-escalator-quota/'));
}

const withFolder = () => userStack(() => ({ policies: directory, prefix: '/team' }));

describe('the stack writes the files of the directory as parameters', () => {
  test('policies and settings, with their names below the prefix', () => {
    write('gold-callers.yaml', POLICY);
    write('settings.yaml', 'updateShare: 0.5\n');
    const { stack } = withFolder();
    expect(parametersOf(Template.fromStack(stack))).toEqual([
      { name: '/team/policies/gold-callers', tier: 'Standard', text: POLICY },
      { name: '/team/settings', tier: 'Standard', text: 'updateShare: 0.5\n' },
    ]);
  });

  test('above 4 KB as an advanced parameter, with a warning', () => {
    write('gold-callers.yaml', `# ${'x'.repeat(5_000)}\n${POLICY}`);
    const { stack } = withFolder();
    expect(parametersOf(Template.fromStack(stack)).map(({ tier }) => tier)).toEqual(['Advanced']);
    const warnings = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
    expect(warnings.map(({ entry }) => entry.data)).toEqual([
      expect.stringContaining('advanced-parameter: This has'),
    ]);
  });

  test('and the parameter of the deployment names them, so that push leaves them alone', () => {
    write('gold-callers.yaml', POLICY);
    const { stack } = withFolder();
    const { Value } = findResource(Template.fromStack(stack), 'EscalatorDeploymentParameter').Properties;
    expect(JSON.stringify(Value)).toContain('\\"stackParameters\\":[\\"policies/gold-callers\\"]');
  });

  test('before the configuration is compiled', () => {
    write('gold-callers.yaml', POLICY);
    const { stack } = withFolder();
    const trigger = findResource(Template.fromStack(stack), 'EscalatorCompileAtDeploymentTrigger');
    expect(trigger.DependsOn).toContainEqual(expect.stringMatching(/^EscalatorPoliciesgoldcallers/));
  });
});

describe('the synth fails with the sentence of the problem:', () => {
  const problem = () => {
    try {
      withFolder();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      return (error as Error).message.replaceAll(directory, 'policies');
    }
    return undefined;
  };

  test('an invalid policy', () => {
    write('gold-callers.yaml', POLICY.replace('priority: 2', 'priority: 0'));
    expect(problem()).toMatch(/^policies\/gold-callers\.yaml:4:\d+: \S+: Found 0; expected /);
  });

  test('what SSM and CloudFormation would take for a reference', () => {
    write('gold-callers.yaml', `# {{resolve:ssm:x}}\n${POLICY}`);
    expect(problem()).toMatch(/^policies\/gold-callers\.yaml:1:3: template-braces: Found "\{\{"/);
  });

  test('every problem, up to ten', () => {
    for (let index = 10; index < 22; index += 1) write(`p${index}.yaml`, 'steps: []\nmatch: {}\nx: 1\n');
    expect(problem()?.split('; policies/')).toHaveLength(10);
    expect(problem()).toMatch(/; and \d+ more$/);
  });

  test('a directory without a policy', () => {
    write('notes.txt', 'x');
    expect(problem()).toBe('policies "policies" has no policy: expected files ending in .yaml, .yml, .json.');
  });

  test('a directory that does not exist', () => {
    expect(() => synthesize({ policies: join(directory, 'none') })).toThrow(
      /^policies ".*none" cannot be read: ENOENT/,
    );
  });
});

test('an entry that may be meant as a policy is a warning', () => {
  write('gold-callers.yaml', POLICY);
  write('silver.yaml.txt', POLICY);
  const { stack } = withFolder();
  const [warning] = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  expect(warning?.entry.data).toMatch(/silver\.yaml\.txt is not read: its name does not end in/);
});

test('without the directory, the stack writes no policy', () => {
  const { template } = synthesize();
  expect(parametersOf(template)).toEqual([]);
  const { Value } = findResource(template, 'EscalatorDeploymentParameter').Properties;
  expect(JSON.stringify(Value)).not.toContain('stackParameters');
});
