import { expect, test } from '@jest/globals';
import { compiled } from './compiled.ts';

test('a field that replaces an earlier one of its name knows it', () => {
  const { rules } = compiled({ a: ['x'], $or: [{ a: ['y'] }, { b: [1] }] });
  const replaced = rules.map((rule) => rule.map(({ name, replaces }) => [name, replaces?.values]));
  expect(replaced).toEqual([
    [['a', ['x']]],
    [
      ['a', undefined],
      ['b', undefined],
    ],
  ]);
});
