import { expect, test } from '@jest/globals';
import {
  COMPILED_FORMAT,
  type CompiledConfiguration,
} from '../../../../lambda/domain/configuration/compiled.ts';
import { CompilationChecker } from '../../../../sim/dst/adapters/compilation-checker.ts';

const part = (version: number) => ({ source: {}, version, since: 0 });

const configuration = (
  policies: Readonly<Record<string, number>>,
  rest: Partial<CompiledConfiguration> = {},
): CompiledConfiguration => ({
  format: COMPILED_FORMAT,
  policies: Object.entries(policies).map(([name, version]) => ({ name, ...part(version) })),
  refused: [],
  ...rest,
});

function judge() {
  const violations: string[] = [];
  const checker = new CompilationChecker((message) => violations.push(message));
  return { checker, violations };
}

test.each([
  ['as it was', configuration({ a: 2 }), []],
  [
    'of a version before',
    configuration({ a: 1 }),
    ['a compilation ends with version 1 of policies/a, which had version 2 when it began'],
  ],
  [
    'left out',
    undefined,
    ['a compilation ends with nothing of policies/a, which had version 2 when it began'],
  ],
])('a compilation has a parameter in force, here %s', (_case, inForce, expected) => {
  const { checker, violations } = judge();
  checker.onWritten('policies/a');
  checker.onWritten('policies/a');
  checker.onBegin()(inForce);
  expect(violations).toStrictEqual(expected);
});

test('a parameter that is written while others are compiled may be in force or not', () => {
  const { checker, violations } = judge();
  checker.onWritten('settings');
  const [one, other] = [checker.onBegin(), checker.onBegin()];
  checker.onWritten('settings');
  one(configuration({}, { settings: part(1) }));
  other(configuration({}, { settings: part(2) }));
  expect(violations).toStrictEqual([]);
});

test('a version that is refused is known, beside the one in force', () => {
  const { checker, violations } = judge();
  checker.onWritten('policies/a');
  checker.onWritten('policies/a');
  const refusal = { parameter: 'policies/a', problems: [], problemCount: 1, since: 0, isHistoryKnown: true };
  checker.onBegin()(configuration({ a: 1 }, { refused: [{ ...refusal, version: 2 }] }));
  expect(violations).toStrictEqual([]);
});

test('a parameter that was deleted is not in force, and begins anew', () => {
  const { checker, violations } = judge();
  checker.onWritten('policies/a');
  const before = checker.onBegin();
  checker.onDeleted('policies/a');
  before(configuration({ a: 1 }));
  expect(violations).toStrictEqual([]);
  checker.onBegin()(configuration({ a: 1 }));
  expect(violations).toStrictEqual([
    'a compilation ends with policies/a, which had been deleted when it began',
  ]);
  checker.onWritten('policies/a');
  checker.onBegin()(configuration({ a: 1 }));
  expect(violations).toHaveLength(1);
});
