import { expect, test } from '@jest/globals';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { FailedTurnChecker } from '../../../sim/dst/failed-turn-checker.ts';

const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const FORGOTTEN = 'dispatch ends, something failed for c-1, and no wake-up was sent for it';

function start() {
  const violations: string[] = [];
  const checker = new FailedTurnChecker((message) => violations.push(message));
  return { checker, dispatch: checker.onBegin(), violations };
}

const record = (change: object = {}) => ({ ...KEY, ...change }) as unknown as ContactRecord;

test.each([
  ['empty', [FORGOTTEN]],
  ['denied', [FORGOTTEN]],
  ['nothing-found', [FORGOTTEN]],
  ['time-up', []],
  ['kill-switch', []],
] as const)('a contact that failed is not forgotten where dispatch ends with %s', (end, expected) => {
  const { dispatch, violations } = start();
  dispatch.onFailed(KEY);
  dispatch.onEnded(end);
  expect(violations).toStrictEqual(expected);
});

test.each<[name: string, happened: readonly ('save' | 'wake-up' | 'begin' | 'fail')[], expected: string[]]>([
  ['was sent a wake-up since', ['begin', 'fail', 'wake-up'], []],
  // Its answer may be what failed.
  ['was sent a wake-up before', ['begin', 'wake-up', 'fail'], []],
  ['was sent a wake-up before the invocation only', ['wake-up', 'begin', 'fail'], [FORGOTTEN]],
  ['was written since', ['begin', 'fail', 'save'], []],
  ['was written before only', ['begin', 'save', 'fail'], [FORGOTTEN]],
])('a contact that %s', (_case, happened, expected) => {
  const { checker, violations } = start();
  let dispatch = checker.onBegin();
  const happen = {
    save: () => checker.onSave(record()),
    'wake-up': () => checker.onWakeUp(KEY),
    begin: () => {
      dispatch = checker.onBegin();
    },
    fail: () => dispatch.onFailed(KEY),
  };
  for (const what of happened) happen[what]();
  dispatch.onEnded('empty');
  expect(violations).toStrictEqual(expected);
});

test('a question of observing policies may fail because the contact left meanwhile', () => {
  const { checker, violations } = start();
  checker.onSave(record({ shadows: { requiredAttributes: ['tier'] } }));
  const dispatch = checker.onBegin();
  checker.onSave(record());
  dispatch.onFailed(KEY);
  dispatch.onEnded('empty');
  expect(violations).toStrictEqual([]);
});

test.each([
  ['may wait', {}, []],
  ['may not wait with an update in flight', { inFlightSince: 1 }, [FORGOTTEN]],
])('a contact about which only observing policies ask %s', (_case, change, expected) => {
  const { checker, dispatch, violations } = start();
  checker.onSave(record({ shadows: { requiredAttributes: ['tier'] }, ...change }));
  dispatch.onFailed(KEY);
  dispatch.onEnded('empty');
  expect(violations).toStrictEqual(expected);
});
