import { describe, expect, test } from '@jest/globals';
import {
  type CustomerContacts,
  chainsBefore,
  endOfContacts,
  withQueuedContact,
} from '../../../lambda/domain/contact/customer-contacts.ts';

const DAY_MS = 86_400_000;
const NOW = 10 * DAY_MS;

describe('a contact more of a customer', () => {
  const CHAINS = { a: { first: NOW - 50, last: NOW - 30 } };

  test.each<[string, chainId: string, at: number, expected: CustomerContacts]>([
    ['of another chain', 'b', NOW, { ...CHAINS, b: { first: NOW, last: NOW } }],
    ['of the same chain, later', 'a', NOW, { a: { first: NOW - 50, last: NOW } }],
    ['of the same chain, in between', 'a', NOW - 40, CHAINS],
    ['of the same chain, earlier', 'a', NOW - 90, { a: { first: NOW - 90, last: NOW - 30 } }],
    [
      'a day after the latest',
      'b',
      NOW - 30 + DAY_MS,
      { ...CHAINS, b: { first: NOW - 30 + DAY_MS, last: NOW - 30 + DAY_MS } },
    ],
    [
      'more than a day after the latest',
      'b',
      NOW - 29 + DAY_MS,
      { b: { first: NOW - 29 + DAY_MS, last: NOW - 29 + DAY_MS } },
    ],
    ['that comes late', 'b', NOW - 99, { ...CHAINS, b: { first: NOW - 99, last: NOW - 99 } }],
    [
      'of a chain with the name of a member of every object',
      'constructor',
      NOW,
      { ...CHAINS, constructor: { first: NOW, last: NOW } },
    ],
  ])('%s', (_name, chainId, at, expected) => {
    const once = withQueuedContact(CHAINS, chainId, at);
    expect(once).toEqual(expected);
    expect(withQueuedContact(once, chainId, at)).toEqual(expected);
  });

  test('of more than 32 chains those of the latest contacts are kept, whatever their order', () => {
    const many = Array.from(
      { length: 32 },
      (_, index) => [`c${index}`, { first: NOW + index, last: NOW + index }] as const,
    );
    for (const contacts of [many, many.toReversed()]) {
      const kept = withQueuedContact(Object.fromEntries(contacts), 'new', NOW + 5.5);
      expect(Object.keys(kept)).toHaveLength(32);
      expect(kept).toHaveProperty('new');
      expect(kept).not.toHaveProperty('c0');
      expect(Object.keys(withQueuedContact(kept, 'newest', NOW + 50))).not.toContain('c1');
    }
  });
});

test.each<[string, CustomerContacts, number]>([
  ['none', {}, 0],
  ['not the chain itself', { own: { first: 5, last: 5 } }, 0],
  ['one before it', { a: { first: NOW - 1, last: NOW - 1 } }, 1],
  ['none of the same moment', { a: { first: NOW, last: NOW } }, 0],
  ['one that began before it and was queued again after it', { a: { first: NOW - 1, last: NOW + 1 } }, 1],
  ['one of 24 hours before', { a: { first: 5, last: NOW - DAY_MS } }, 1],
  ['none of more than 24 hours before', { a: { first: 5, last: NOW - DAY_MS - 1 } }, 0],
])('the chains within 24 hours before a time: %s', (_name, contacts, count) => {
  expect(chainsBefore(contacts, 'own', NOW)).toBe(count);
});

test.each<[CustomerContacts, number]>([
  [{}, DAY_MS],
  [{ a: { first: 1, last: 5 }, b: { first: 2, last: 7 }, c: { first: 0, last: 3 } }, 7 + DAY_MS],
])('they are needed until a day after the latest: %j', (contacts, end) => {
  expect(endOfContacts(contacts)).toBe(end);
});
