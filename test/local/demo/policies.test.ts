import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSources } from '../../../cli/sources/read.ts';
import { validateSources } from '../../../cli/sources/validate.ts';

const ROOT = join(import.meta.dirname, '../../..');

test('the policies of the demo use a condition and a calendar, and all of them are valid together', async () => {
  const sources = await readSources(['policies', 'local/demo/policies'], { cwd: ROOT, err() {} });
  const { policies, conditions, findings } = validateSources(sources);
  // The agent of an example is invented.
  expect(findings.map(({ code }) => code)).toEqual(['invented-agent']);
  expect(conditions.map(({ name }) => name)).toEqual(['long-queue']);
  expect(policies.flatMap(({ during }) => during?.name ?? [])).toEqual(['every-day']);
});
