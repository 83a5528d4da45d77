import { describe, expect, test } from '@jest/globals';
import { generateContacts } from '../../../local/demo/contacts.ts';
import { seededRandom } from '../../../sim/random.ts';
import { exponential, logNormal } from '../../../sim/workload/index.ts';

const MINUTE = 60_000;

describe('the contacts of the demo', () => {
  test('are the same for the same seed, and differ for another', () => {
    expect(generateContacts(3, 10 * MINUTE)).toEqual(generateContacts(3, 10 * MINUTE));
    expect(generateContacts(3, 10 * MINUTE)).not.toEqual(generateContacts(4, 10 * MINUTE));
  });

  test('are in order of time, have unique ids, and include every tier', () => {
    const contacts = generateContacts(1, 10 * MINUTE);
    const times = contacts.map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(contacts.map(({ arrival }) => arrival.contactId)).size).toBe(contacts.length);
    expect(new Set(contacts.map(({ tier }) => tier))).toEqual(new Set(['platinum', 'gold', 'standard']));
  });
});

describe('draws', () => {
  const mean = (draw: () => number) =>
    Array.from({ length: 20_000 }, draw).reduce((a, b) => a + b, 0) / 20_000;

  test('have the given means', () => {
    const random = seededRandom(7);
    expect(mean(() => exponential(random, 100)) / 100).toBeCloseTo(1, 1);
    expect(mean(() => logNormal(random, 100, 0.6)) / 100).toBeCloseTo(1, 1);
  });
});
