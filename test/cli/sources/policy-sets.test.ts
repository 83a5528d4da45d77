import { describe, expect, test } from '@jest/globals';
import { readPolicySet } from '../../../cli/sources/policy-sets.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { directoryWith } from '../support/run-cli.ts';

const BY = 'steps:\n  - { after: 30s, set: { age: 1m } }\n  - { by: 60s, set: { age: 2m } }\n';
const SHORT_LAG = { ...DEFAULT_SETTINGS, routingLagSeconds: 5 };

describe('the policies of a set are checked with the settings in force', () => {
  test.each([
    ['its own', { 'a.yaml': BY, 'settings.yaml': 'routingLag: 5s' }, undefined, 0],
    ['those of the scenario', { 'a.yaml': BY }, SHORT_LAG, 0],
    [
      'its own before those of the scenario',
      { 'a.yaml': BY, 'settings.yaml': 'routingLag: 60s' },
      SHORT_LAG,
      1,
    ],
    ['the default ones', { 'a.yaml': BY }, undefined, 1],
  ])('%s', async (_name, files, settings, errors) => {
    const directory = directoryWith(files as Record<string, string>);
    const set = await readPolicySet('.', { cwd: directory.path, err: () => {} }, undefined, settings);
    directory.remove();
    expect(set.errors).toHaveLength(errors);
  });
});
