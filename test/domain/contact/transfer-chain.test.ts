import { describe, expect, test } from '@jest/globals';
import { mergePredecessor } from '../../../lambda/domain/contact/merge.ts';
import { type ContactRecord, emptyRecord } from '../../../lambda/domain/contact/record.ts';
import {
  type Inheritance,
  inherit,
  inheritanceOf,
  isTestContact,
  withSuccessor,
} from '../../../lambda/domain/contact/transfer-chain.ts';
import { INSTANCE, queuedContact, T0 } from '../../support/contacts.ts';

const NOW = T0 + 60_000;

/** A contact that continues `before`. */
const transferred = (changes: Partial<ContactRecord> = {}): ContactRecord => ({
  ...queuedContact({ initiationMethod: 'TRANSFER', previousContactId: 'before' }),
  ...changes,
});

const handedOn = (changes: Partial<Inheritance> = {}): Inheritance => ({
  previousContactId: 'before',
  transfers: 0,
  signals: {},
  ...changes,
});

describe('what a contact takes over', () => {
  test.each<[string, Partial<ContactRecord>, Partial<Inheritance>, object]>([
    ['counts the transfer', {}, {}, { transfers: 1 }],
    ['counts the transfers before it', {}, { transfers: 4 }, { transfers: 5 }],
    ['counts no more than 100 transfers', {}, { transfers: 100 }, { transfers: 100 }],
    ['keeps the most transfers', { chain: { transfers: 7 } }, { transfers: 2 }, { transfers: 7 }],
    [
      'has the earliest enqueue',
      { chain: { transfers: 1, firstEnqueuedAt: 50 } },
      { firstEnqueuedAt: 40 },
      { firstEnqueuedAt: 40 },
    ],
    [
      'keeps the earliest enqueue',
      { chain: { transfers: 1, firstEnqueuedAt: 40 } },
      { firstEnqueuedAt: 50 },
      { firstEnqueuedAt: 40 },
    ],
    ['has the first contact', {}, { initialContactId: 'first' }, { initialContactId: 'first' }],
    [
      'keeps the first contact that it knows',
      { chain: { transfers: 1, initialContactId: 'known' } },
      { initialContactId: 'first' },
      { initialContactId: 'known' },
    ],
    ['is a test', {}, { isTest: true }, { isTest: true }],
    ['stays a test', { chain: { transfers: 1, isTest: true } }, {}, { isTest: true }],
    [
      'has all pauses',
      { chain: { transfers: 1, pauses: [3], resumes: [4] } },
      { pauses: [1], resumes: [2] },
      { pauses: [1, 3], resumes: [2, 4] },
    ],
  ])('%s', (_name, record, inheritance, expected) => {
    const { chain } = inherit(transferred(record), handedOn(inheritance), NOW);
    expect(chain).toMatchObject({ previousContactId: 'before', ...expected });
  });

  test('is nothing where the contact continues another one', () => {
    const record = transferred();
    const inheritance = handedOn({
      previousContactId: 'stranger',
      transfers: 3,
      signals: { vip: { at: 1 } },
    });
    expect(inherit(record, inheritance, NOW)).toBe(record);
  });

  test.each<[string, ContactRecord['signals'], Inheritance['signals'], ContactRecord['signals'], boolean]>([
    ['that it does not have', {}, { vip: { at: 1 } }, { vip: { at: 1 } }, true],
    ['that has expired', {}, { vip: { at: 1, until: NOW } }, {}, false],
    [
      'that lasts longer',
      { vip: { at: 1, until: NOW + 1 } },
      { vip: { at: 1, until: NOW + 2 } },
      { vip: { at: 1, until: NOW + 2 } },
      true,
    ],
    [
      'that lasts as long',
      { vip: { at: 1, until: NOW + 2 } },
      { vip: { at: 1, until: NOW + 2 } },
      { vip: { at: 1, until: NOW + 2 } },
      false,
    ],
    [
      'that was sent later',
      { vip: { at: 1, until: NOW + 2 } },
      { vip: { at: 5, until: NOW + 1 } },
      { vip: { at: 5, until: NOW + 2 } },
      true,
    ],
    ['that it has without an end', { vip: { at: 1 } }, { vip: { at: 1 } }, { vip: { at: 1 } }, false],
  ])('a signal %s', (_name, own, signals, expected, isNoted) => {
    const record = inherit(transferred({ signals: own }), handedOn({ signals }), NOW);
    expect(record.signals).toEqual(expected);
    expect(record.history.map(({ text }) => text)).toEqual(isNoted ? ['signal vip from before'] : []);
  });

  test('is the same however often it comes', () => {
    const inheritance = handedOn({ transfers: 2, firstEnqueuedAt: 7, signals: { vip: { at: 1 } } });
    const once = inherit(transferred(), inheritance, NOW);
    expect(inherit(once, inheritance, NOW)).toEqual(once);
  });
});

describe('what a contact hands on', () => {
  const handed = (changes: Partial<ContactRecord>) => inheritanceOf({ ...queuedContact(), ...changes });

  test('is its own id, its enqueue, its signals and itself as the first one', () => {
    expect(
      handed({ signals: { vip: { at: 1 } }, queueSignals: { breach: { at: 2, queueArn: 'arn:q' } } }),
    ).toEqual({
      previousContactId: 'c-1',
      transfers: 0,
      firstEnqueuedAt: T0,
      initialContactId: 'c-1',
      signals: { vip: { at: 1 } },
    });
  });

  test.each<[string, Partial<ContactRecord>, Partial<Inheritance>]>([
    ['the transfers of its chain', { chain: { transfers: 3 } }, { transfers: 3 }],
    [
      'the earlier enqueue of its chain',
      { chain: { transfers: 1, firstEnqueuedAt: 5 } },
      { firstEnqueuedAt: 5 },
    ],
    [
      'the first contact of its events',
      {
        facts: queuedContact({ initialContactId: 'a' }).facts,
        chain: { transfers: 1, initialContactId: 'b' },
      },
      { initialContactId: 'a' },
    ],
    [
      'the first contact of its chain',
      { chain: { transfers: 1, initialContactId: 'b' } },
      { initialContactId: 'b' },
    ],
    ['no first contact that it does not know', { chain: { transfers: 1 } }, { initialContactId: undefined }],
    ['no first contact before an event', { facts: undefined }, { initialContactId: undefined }],
    ['that it is a test', { facts: queuedContact({ isTest: true }).facts }, { isTest: true }],
    ['that one before it is a test', { chain: { transfers: 1, isTest: true } }, { isTest: true }],
    [
      'no enqueue of a call that its agent dials',
      {
        facts: queuedContact({ initiationMethod: 'OUTBOUND' }).facts,
        chain: { transfers: 1, firstEnqueuedAt: T0 + 9 },
      },
      { firstEnqueuedAt: T0 + 9 },
    ],
  ])('is %s', (_name, changes, expected) => {
    const actual = handed(changes);
    const names = Object.keys(expected) as (keyof Inheritance)[];
    expect(Object.fromEntries(names.map((name) => [name, actual[name]]))).toEqual(expected);
  });
});

test.each<[boolean, Pick<ContactRecord, 'facts' | 'chain'>]>([
  [false, {}],
  [false, { facts: queuedContact().facts, chain: { transfers: 1 } }],
  [true, { facts: queuedContact({ isTest: true }).facts }],
  [true, { chain: { transfers: 1, isTest: true } }],
])('is a test contact: %p, of %j', (isTest, record) => {
  expect(isTestContact(record)).toBe(isTest);
});

describe('the contacts after one', () => {
  const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `n-${from + index}`);
  const after = (added: readonly string[]) =>
    added.reduce((record, id) => withSuccessor(record, id), queuedContact()).successors;

  test.each<[string, string[], string[]]>([
    ['are kept in the order in which they were seen', ['b', 'a', 'c'], ['b', 'a', 'c']],
    ['are kept once', ['b', 'a', 'b'], ['a', 'b']],
    ['are 16', ids(16), ids(16)],
    ['are the latest 16', ids(18), ids(16, 2)],
  ])('%s', (_name, added, expected) => {
    expect(after(added)).toEqual(expected);
  });
});

describe('the record of the contact before', () => {
  test('is taken over', () => {
    const before = { ...queuedContact(), contactId: 'before', chain: { transfers: 2 } };
    expect(mergePredecessor(transferred(), before, NOW).chain).toMatchObject({ transfers: 3 });
  });

  test('counts as a transfer, where it is not known', () => {
    const expected = inherit(
      transferred(),
      inheritanceOf(emptyRecord({ instanceId: INSTANCE, contactId: 'before' })),
      NOW,
    );
    expect(mergePredecessor(transferred(), undefined, NOW)).toEqual(expected);
    expect(expected.chain).toEqual({ previousContactId: 'before', transfers: 1 });
  });

  test('is nothing to a contact that continues none', () => {
    const record = queuedContact();
    expect(mergePredecessor(record, queuedContact(), NOW)).toBe(record);
  });
});
