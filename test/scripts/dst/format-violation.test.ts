import { expect, test } from '@jest/globals';
import { formatViolation } from '../../../scripts/dst/format-violation.ts';
import { INVARIANTS } from '../../../sim/dst/invariants.ts';
import { T0 } from '../../../sim/dst/random-policies.ts';

const PREFIX = `invariant 9 (${INVARIANTS[9]}) at 1.500 s: `;
const format = (message: string, isWhole?: boolean) =>
  formatViolation({ invariant: 9, at: T0 + 1_500, message }, isWhole);

test('a violation is printed with its time and what is wrong', () => {
  expect(format('has priority 5; gold wants 3')).toBe(`${PREFIX}has priority 5; gold wants 3`);
});

test('each long part of a message is cut, so that the others can be read', () => {
  const long = 'v'.repeat(1_000);
  expect(format(`has ${long}; gold wants ${long}`)).toBe(
    `${PREFIX}has ${'v'.repeat(296)}… (704 characters more); ` +
      `gold wants ${'v'.repeat(289)}… (711 characters more)`,
  );
});

test('with --trace a message is printed whole', () => {
  const long = `has ${'v'.repeat(1_000)}`;
  expect(format(long, true)).toBe(`${PREFIX}${long}`);
});
