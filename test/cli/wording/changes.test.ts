import { describe, expect, test } from '@jest/globals';
import type { WaitingContact } from '../../../cli/state/waiting-contact.ts';
import { causeWords, changeWords } from '../../../cli/wording/change-words.ts';
import { firstInLineWords } from '../../../cli/wording/first-in-line.ts';
import { INSTANCE, QUEUE_ARN, T0 } from '../../support/contacts.ts';

const CHANGE = { instanceId: INSTANCE, contactId: 'c', at: T0, queueArn: QUEUE_ARN };

test.each([
  [{ priority: { from: 5, to: 3 } }, 'priority 5 → 3'],
  [{ priority: { to: 3 }, ageSeconds: { from: 0, to: 90 } }, 'priority 3, age 0s → 1m30s'],
  [{ isRerouted: true as const }, 'another route'],
])('a change in words: %j', (change, words) => {
  expect(changeWords({ ...CHANGE, ...change })).toBe(words);
});

test.each([
  [{ policy: 'gold', step: 2 }, 'gold, step 2'],
  [{ policy: 'gold' }, 'gold'],
  [{ policy: 'gold', override: { actor: 'ann' } }, 'override by ann'],
  [{ override: {} }, 'override'],
  [{}, ''],
])('why it is made: %j', (cause, words) => {
  expect(causeWords(cause)).toBe(words);
});

function contact(rest: Partial<WaitingContact> = {}): WaitingContact {
  const priority = rest.priority ?? 5;
  const ageSeconds = rest.ageSeconds ?? 0;
  const enqueuedAt = rest.enqueuedAt ?? T0;
  return {
    ...{ instanceId: INSTANCE, contactId: 'c', queueArn: QUEUE_ARN, enqueuedAt, priority, ageSeconds },
    ...{ rankedAt: enqueuedAt - 1_000 * ageSeconds, certainty: 'known', coming: { priority, ageSeconds } },
    ...{ tags: {}, signals: [], isPaused: false, holds: [] },
    ...rest,
  };
}

describe('why a contact is answered first', () => {
  const gold = { priority: 3, policy: 'gold', step: 1, isEscalated: true as const };
  const later = contact({ enqueuedAt: T0 + 60_000 });

  test.each([
    ['a policy has raised it', contact(gold), later, 'priority 3 (gold, step 1) comes before 5'],
    [
      'somebody overrode it',
      contact({ ...gold, override: { at: T0, actor: 'ann' } }),
      later,
      'priority 3 (override by ann) comes before 5',
    ],
    ['its flow has raised it', contact({ priority: 3, policy: 'gold' }), later, 'priority 3 comes before 5'],
    ['it waits longest', contact(), later, 'has waited longest of those with priority 5'],
    [
      'its age counts',
      contact({ ...gold, priority: 5, enqueuedAt: T0 + 90_000, ageSeconds: 120 }),
      later,
      'priority 5 as others, and its age of 2m (gold, step 1) counts as waiting',
    ],
    [
      'the update that raises it has not taken effect',
      contact({ ...gold, priority: 5, coming: { priority: 3, ageSeconds: 0 } }),
      later,
      'has waited longest of those with priority 5',
    ],
    ['nobody else waits', contact(gold), undefined, 'the only one who waits, priority 3 (gold, step 1)'],
    ['others are paused', contact(), contact({ isPaused: true }), 'the only one who waits, priority 5'],
  ])('since %s', (_, first, second, words) => {
    expect(firstInLineWords(first, second)).toBe(words);
  });
});
