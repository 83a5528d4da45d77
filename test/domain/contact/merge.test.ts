import { describe, expect, test } from '@jest/globals';
import { mergeEvent, mergePredecessor } from '../../../lambda/domain/contact/merge.ts';
import { KEY, queuedContact, T0 } from '../../support/contacts.ts';

describe('when attributes changed, with another event', () => {
  const SECOND = 60_000;

  test.each<[string, known: number | undefined, another: number | undefined, expected: number | undefined]>([
    ['neither knows', undefined, undefined, undefined],
    ['the record knows', SECOND, undefined, SECOND],
    ['the event knows', undefined, SECOND, SECOND],
    ['in another second', SECOND, SECOND + 1_000, SECOND + 1_000],
    ['in one second: a millisecond later', SECOND, SECOND, SECOND + 1],
    ['in one second, once more', SECOND + 7, SECOND, SECOND + 8],
    ['never in the next second', SECOND + 999, SECOND, SECOND + 999],
  ])('%s', (_name, known, another, expected) => {
    const record = queuedContact(known === undefined ? {} : { attributesChangedAt: known });
    const event = { ...KEY, ...(another === undefined ? {} : { attributesChangedAt: another }) };
    expect(mergeEvent(record, event).facts?.attributesChangedAt).toBe(expected);
  });
});

test('a contact that continues none stays as it is', () => {
  const record = queuedContact();
  expect(mergePredecessor(record, undefined, T0)).toBe(record);
  expect(mergePredecessor(record, { ...queuedContact(), contactId: 'other' }, T0)).toBe(record);
});
