import { expect, test } from '@jest/globals';
import { policy } from '../../../support/contacts.ts';

const ROUTE = { route: ['Language:English >= 1 for 9m'] };
const lastingOf = (step: object) => policy('a', { steps: [{ after: '30s', ...step }] }).steps[0]?.lasting;
const fields = (step: object) => {
  const { begin, stay } = lastingOf(step) ?? {};
  return [begin, stay].map((pattern) => pattern?.rules.flat().map(({ name }) => name));
};

test('criteria that a signal brings about outlast it, as long as the rest of the pattern matches', () => {
  const when = { signals: ['busy'], channel: ['VOICE'] };
  expect(fields({ when, set: ROUTE })).toEqual([['channel', 'signals'], ['channel']]);
});

test('nothing else outlasts a signal', () => {
  expect(lastingOf({ when: { signals: ['busy'] }, set: { priority: 1 } })).toBeUndefined();
  expect(lastingOf({ when: { channel: ['VOICE'] }, set: ROUTE })).toBeUndefined();
  expect(lastingOf({ set: ROUTE })).toBeUndefined();
});

test('a step that is edited begins afresh', () => {
  const keys = [
    { when: { signals: ['busy'] }, set: ROUTE },
    { when: { signals: ['calm'] }, set: ROUTE },
    { when: { signals: ['busy'] }, set: { ...ROUTE, priority: 1 } },
    { when: { signals: ['busy'] }, set: ROUTE, after: '31s' },
  ].map((step) => lastingOf(step)?.key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys[0]).toMatch(/^after 30 \w+$/);
});
