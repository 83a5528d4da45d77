import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { policySchema } from '../../../../lambda/domain/policy/schema.ts';
import { WARNING_CODES } from '../../../../lambda/domain/policy/warnings/codes.ts';
import { schemaProblems } from '../../../../lambda/domain/validation/schema-problems.ts';

const DIAGNOSTICS = readFileSync(join(import.meta.dirname, '../../../../docs/diagnostics.md'), 'utf8');

/** Of a line of the policy that accepts too much, and of what only Connect knows, which is none of the policy. */
const OTHERS = ['nothing-to-accept', 'unknown-in-connect'];

test('a policy can accept each warning that the documentation explains', () => {
  const [, warnings = ''] = DIAGNOSTICS.split('\n## Warnings\n');
  const explained = [...warnings.matchAll(/^### (.+)$/gm)].map(([, code = '']) => code);
  // A number in another form is a problem elsewhere, and explained there.
  const codes = [...explained.filter((code) => !OTHERS.includes(code)), 'number-form'];
  expect([...WARNING_CODES].toSorted()).toStrictEqual(codes.toSorted());
  const accept = Object.fromEntries(codes.map((code) => [code, 'It is known.']));
  expect(schemaProblems(policySchema, { target: '1m', accept })).toStrictEqual([]);
});
