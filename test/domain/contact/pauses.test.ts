import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { mergeFacts } from '../../../lambda/domain/contact/merge-facts.ts';
import {
  endedAt,
  isPaused,
  type PauseTimes,
  pausesToHandOn,
  whenClockShows,
} from '../../../lambda/domain/contact/pauses.ts';

const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const NEVER = Number.POSITIVE_INFINITY;

describe('a task is paused', () => {
  test.each<[Partial<ContactFacts>, boolean]>([
    [{}, false],
    [{ pauses: [5] }, true],
    [{ pauses: [5], resumes: [4] }, true],
    [{ pauses: [5], resumes: [5] }, false],
    [{ pauses: [5], resumes: [6] }, false],
    [{ resumes: [6] }, false],
    [{ pauses: [5, 9], resumes: [6] }, true],
    [{ pauses: [5, 9], resumes: [10] }, false],
  ])('%j: %p', (facts, expected) => {
    expect(isPaused({ ...KEY, ...facts })).toBe(expected);
  });
});

describe('a clock that stands still while the contact is paused shows its time', () => {
  test.each<[string, Partial<ContactFacts>, number]>([
    ['at once without a pause', {}, 160],
    ['later by a pause', { pauses: [110], resumes: [130] }, 180],
    ['later by every pause', { pauses: [110, 170], resumes: [130, 180] }, 190],
    ['later by the part of a pause after its start', { pauses: [50], resumes: [120] }, 180],
    ['in spite of a pause that ended before its start', { pauses: [50], resumes: [70] }, 160],
    ['in spite of a pause that begins as it shows it', { pauses: [160] }, 160],
    ['never while the contact is paused', { pauses: [159] }, NEVER],
    ['later by one pause of which two events came', { pauses: [110, 120], resumes: [130] }, 180],
    ['in spite of a resume without a pause', { resumes: [130] }, 160],
  ])('%s', (_name, facts, expected) => {
    expect(whenClockShows(100, 60, { facts: { ...KEY, ...facts } })).toBe(expected);
  });

  test.each<[string, PauseTimes, number]>([
    ['later by a pause of the contact before', { pauses: [110], resumes: [130] }, 200],
    ['once while both were paused', { pauses: [110], resumes: [150] }, 210],
    ['in spite of a pause before its start', { pauses: [10], resumes: [20] }, 180],
  ])('%s', (_name, before, expected) => {
    const facts = { pauses: [140], resumes: [160] };
    expect(whenClockShows(100, 60, { facts, before })).toBe(expected);
  });

  test('as a clock that is read every second does', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 5 });
    fc.assert(
      fc.property(
        times,
        times,
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 60 }),
        (pauses, resumes, start, shown) => {
          const events = [
            ...pauses.map((at) => ({ at, paused: true })),
            ...resumes.map((at) => ({ at, paused: false })),
          ].sort((a, b) => a.at - b.at || Number(b.paused) - Number(a.paused));
          let clock = 0;
          let expected = NEVER;
          for (let now = start; now <= 300 && expected === NEVER; now++) {
            if (clock === shown) expected = now;
            const isStopped = events.findLast(({ at }) => at <= now)?.paused ?? false;
            if (!isStopped) clock++;
          }
          const sorted = (list: readonly number[]) => [...list].sort((a, b) => a - b);
          const facts = { ...KEY, pauses: sorted(pauses), resumes: sorted(resumes) };
          expect(whenClockShows(start, shown, { facts })).toBe(expected);
        },
      ),
    );
  });
});

test('pauses are merged in any order, and at most 50 are kept, the latest', () => {
  const facts = (pauses: number[]): ContactFacts => ({ ...KEY, pauses });
  const [first, ...others] = Array.from({ length: 60 }, (_, index) => facts([index]));
  const merged = others.reduce(mergeFacts, first as ContactFacts);
  const reversed = others.toReversed().reduce(mergeFacts, first as ContactFacts);
  expect(merged.pauses).toEqual(Array.from({ length: 50 }, (_, index) => index + 10));
  expect(reversed).toEqual(merged);
});

test('a clock shows 0 at its start, also while the contact is paused', () => {
  expect(whenClockShows(100, 0, { facts: { pauses: [90] } })).toBe(100);
  expect(whenClockShows(100, 1)).toBe(101);
});

test('pauses of the contact before count in order of time, although its own are earlier', () => {
  // Paused from 105 to 115 and from 120 to 150: 60 are shown after 40 more.
  expect(
    whenClockShows(100, 60, {
      facts: { pauses: [105], resumes: [115] },
      before: { pauses: [120], resumes: [150] },
    }),
  ).toBe(200);
  // The first pause ends the wait only if it is counted first.
  expect(
    whenClockShows(100, 30, {
      facts: { pauses: [110], resumes: [200] },
      before: { pauses: [150], resumes: [160] },
    }),
  ).toBe(220);
});

test.each<[string, PauseTimes, number | undefined, PauseTimes]>([
  ['resumed where it is paused', { pauses: [5], resumes: [3] }, 9, { pauses: [5], resumes: [3, 9] }],
  ['without the pauses that begin later', { pauses: [5, 9, 12] }, 9, { pauses: [5], resumes: [9] }],
  [
    'as it is before its end is known',
    { pauses: [5], resumes: [3] },
    undefined,
    { pauses: [5], resumes: [3] },
  ],
  ['as it is where it was never paused', { resumes: [3] }, 9, { resumes: [3] }],
])('the end of a contact leaves it %s', (_name, times, end, expected) => {
  expect(endedAt(times, end)).toEqual(expected);
});

test.each<[string, Partial<ContactFacts> | undefined, PauseTimes, PauseTimes]>([
  ['nothing of a contact that was never paused', {}, {}, {}],
  ['its own, ended with it', { pauses: [5], disconnectedAt: 9 }, {}, { pauses: [5], resumes: [9] }],
  [
    'those before it, ended when it was queued',
    { firstEnqueuedAt: 4 },
    { pauses: [2] },
    { pauses: [2], resumes: [4] },
  ],
  [
    'both',
    { pauses: [5], resumes: [6], firstEnqueuedAt: 4 },
    { pauses: [2], resumes: [3] },
    { pauses: [2, 5], resumes: [3, 4, 6] },
  ],
  [
    'those before it, where nothing is known of it',
    undefined,
    { pauses: [2], resumes: [3] },
    { pauses: [2], resumes: [3] },
  ],
])('a contact hands on %s', (_name, facts, before, expected) => {
  expect(pausesToHandOn(facts && { ...KEY, ...facts }, before)).toEqual(expected);
});
