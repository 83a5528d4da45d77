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

test.each([
  ['was sent a wake-up since', [], ['wake-up'], []],
  ['was sent a wake-up before only', ['wake-up'], [], [FORGOTTEN]],
  ['was written since', [], ['save'], []],
  ['was written before only', ['save'], [], [FORGOTTEN]],
])('a contact that %s', (_case, before, since, expected) => {
  const { checker, dispatch, violations } = start();
  const see = (what: string) => (what === 'save' ? checker.onSave(record()) : checker.onWakeUp(KEY));
  before.map(see);
  dispatch.onFailed(KEY);
  since.map(see);
  dispatch.onEnded('empty');
  expect(violations).toStrictEqual(expected);
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
