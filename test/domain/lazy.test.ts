import { expect, test } from '@jest/globals';
import { lazy } from '../../lambda/domain/lazy.ts';

test.each([
  ['a value', 7],
  ['undefined', undefined],
])('%s is made when it is first asked for, and once', (_name, value) => {
  let made = 0;
  const get = lazy(() => {
    made += 1;
    return value;
  });
  expect(made).toBe(0);
  expect([get(), get(), made]).toStrictEqual([value, value, 1]);
});
