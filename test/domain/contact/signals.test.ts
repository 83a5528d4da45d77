import { expect, test } from '@jest/globals';
import type { ContactRecord, Signal } from '../../../lambda/domain/contact/record.ts';
import {
  activeSignals,
  addSignals,
  droppedNames,
  isActive,
  signalOf,
} from '../../../lambda/domain/contact/signals.ts';
import { QUEUE_ARN, queuedContact } from '../../support/contacts.ts';

const NOW = 1_000;

test.each<[string, Signal, Signal, Signal]>([
  ['holds until the later end', { at: 1, until: 2_000 }, { at: 2, until: 3_000 }, { at: 2, until: 3_000 }],
  [
    'holds until the later end, also where the later one ends first',
    { at: 1, until: 3_000 },
    { at: 2, until: 2_000 },
    { at: 2, until: 3_000 },
  ],
  ['has no end where one of them has none', { at: 1 }, { at: 2, until: 2_000 }, { at: 2 }],
  [
    'of a queue stays of that queue',
    { at: 1, queueArn: 'arn:q' },
    { at: 2, queueArn: 'arn:q' },
    { at: 2, queueArn: 'arn:q' },
  ],
])('a signal that is sent twice %s', (_name, first, second, expected) => {
  expect(addSignals({ vip: first }, { vip: second }, NOW)).toEqual({ vip: expected });
  expect(addSignals({ vip: second }, { vip: first }, NOW)).toEqual({ vip: expected });
});

test('what has expired is dropped, but for what is added', () => {
  const kept = addSignals(
    { over: { at: 1, until: NOW }, holds: { at: 2, until: NOW + 1 }, endless: { at: 3 } },
    { late: { at: 4, until: 500 } },
    NOW,
  );
  expect(Object.keys(kept).sort()).toEqual(['endless', 'holds', 'late']);
});

test('a signal that has expired is not named as dropped', () => {
  const before = { over: { at: 1, until: NOW }, old: { at: 2 } };
  expect(droppedNames(before, { late: { at: 3 } }, {}, NOW)).toEqual(['old', 'late']);
  expect(droppedNames(before, { late: { at: 3 } }, { late: { at: 3 } }, NOW)).toEqual(['old']);
});

test('of more than 64 the oldest are dropped', () => {
  const many = Object.fromEntries(
    Array.from({ length: 64 }, (_, index) => [`s${index}`, { at: 100 - index }]),
  );
  expect(Object.keys(addSignals(many, {}, NOW))).toHaveLength(64);
  const kept = addSignals(many, { newest: { at: 500 } }, NOW);
  expect(Object.keys(kept)).toHaveLength(64);
  expect(kept).toHaveProperty('newest');
  // The one with the smallest time.
  expect(kept).not.toHaveProperty('s63');
});

test.each([
  [undefined, true],
  [NOW + 1, true],
  [NOW, false],
  [NOW - 1, false],
])('a signal with the end %p is active: %p', (until, active) => {
  expect(isActive({ at: 0, until }, NOW)).toBe(active);
});

test('a name that every object has is no signal until it is sent', () => {
  expect(signalOf({}, 'constructor')).toBe(undefined);
  const signals = addSignals({}, { constructor: { at: 5 } } as never, NOW);
  expect(signalOf(signals, 'constructor')).toEqual({ at: 5 });
});

test('a signal of another queue replaces that of the queue before', () => {
  const signals = { backlog: { at: 5, until: 9_000, queueArn: 'arn:q' } };
  const moved = { at: 2, until: 3_000, queueArn: 'arn:r' };
  expect(addSignals(signals, { backlog: moved }, NOW)).toEqual({ backlog: moved });
});

test.each<[string, Partial<ContactRecord>, string[]]>([
  ['its own', { signals: { vip: { at: 1 } } }, ['vip']],
  ['those of its queue', { queueSignals: { backlog: { at: 1, queueArn: QUEUE_ARN } } }, ['backlog']],
  ['none of another queue', { queueSignals: { backlog: { at: 1, queueArn: 'arn:other' } } }, []],
  ['none of no queue', { queueSignals: { backlog: { at: 1 } } }, []],
  [
    'none of a queue while it is in none',
    { facts: undefined, queueSignals: { b: { at: 1, queueArn: QUEUE_ARN } } },
    [],
  ],
  [
    'each once',
    { signals: { vip: { at: 1 } }, queueSignals: { vip: { at: 1, queueArn: QUEUE_ARN } } },
    ['vip'],
  ],
  [
    'none that has expired',
    {
      signals: { vip: { at: 1, until: NOW } },
      queueSignals: { backlog: { at: 1, until: NOW, queueArn: QUEUE_ARN } },
    },
    [],
  ],
])('of signals, for a contact hold %s', (_name, changes, expected) => {
  expect(activeSignals({ ...queuedContact(), ...changes }, NOW)).toEqual(expected);
});
