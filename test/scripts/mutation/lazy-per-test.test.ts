import { expect, test } from '@jest/globals';
import { lazy } from '../../../scripts/mutation/judge/lazy-per-test.ts';
import { startObserving } from '../../../scripts/mutation/judge/switches.ts';

test('what a test has made, the next one makes anew', () => {
  let made = 0;
  const get = lazy(() => {
    made += 1;
    return made;
  });
  startObserving();
  expect([get(), get()]).toStrictEqual([1, 1]);
  startObserving();
  expect([get(), get()]).toStrictEqual([2, 2]);
});
