import { describe, expect, test } from '@jest/globals';
import {
  activeOverride,
  type ContactRecord,
  emptyRecord,
  withHistory,
  withShadowHistory,
} from '../../../lambda/domain/contact/record.ts';
import { expiresTooSoon, keptUntil } from '../../../lambda/domain/contact/retention.ts';
import { KEY, queuedContact, T0 } from '../../support/contacts.ts';

const DAY_MS = 86_400_000;

const texts = ({ history }: ContactRecord) => history.map(({ text }) => text);

describe('the history', () => {
  const filled = Array.from({ length: 20 }, (_, index) => `line ${index}`).reduce(
    (record, line) => withHistory(record, T0, line),
    emptyRecord(KEY),
  );

  test('keeps 20 lines, and drops the oldest', () => {
    expect(texts(filled)).toHaveLength(20);
    const more = withHistory(filled, T0 + 5, 'one more');
    expect(texts(more)).toHaveLength(20);
    expect([texts(more)[0], more.history.at(-1)]).toEqual(['line 1', { at: T0 + 5, text: 'one more' }]);
  });

  test.each([
    [1_000, 1_000],
    [1_001, 1_002],
    [5_000, 1_002],
  ])('cuts a line of %d characters to %d', (length, kept) => {
    const [text = ''] = texts(withHistory(emptyRecord(KEY), T0, 'x'.repeat(length)));
    expect(text).toHaveLength(kept);
    expect(text.endsWith(' …')).toBe(length > 1_000);
  });

  test('keeps five lines about observing policies, the latest, beside those of what happened', () => {
    const record = [1, 2, 3, 4, 5, 6].reduce(
      (record, line) => withShadowHistory(record, T0 + line, `shadow ${line}`),
      withHistory(emptyRecord(KEY), T0, 'happened'),
    );
    expect(record.history).toEqual([
      { at: T0, text: 'happened' },
      ...[2, 3, 4, 5, 6].map((line) => ({ at: T0 + line, text: `shadow ${line}`, isShadow: true })),
    ]);
  });

  test('is not longer for a line about an observing policy', () => {
    const more = withShadowHistory(filled, T0, 'shadow');
    expect(texts(more)).toHaveLength(20);
    expect([texts(more)[0], texts(more).at(-1)]).toEqual(['line 1', 'shadow']);
  });
});

test.each<[string, ContactRecord['override'], boolean]>([
  ['without an end', { at: T0, set: { priority: 1 } }, true],
  ['before its end', { at: T0, set: { priority: 1 }, until: T0 + 1 }, true],
  ['at its end', { at: T0, set: { priority: 1 }, until: T0 }, false],
  ['after its release', { at: T0 }, false],
  ['that was never given', undefined, false],
])('an override %s holds: %#', (_name, override, holds) => {
  expect(activeOverride({ ...emptyRecord(KEY), override }, T0)).toEqual(holds ? { priority: 1 } : undefined);
});

describe('a record is kept', () => {
  test.each<[string, Parameters<typeof queuedContact>[0], boolean, number]>([
    ['of a call', {}, false, 14],
    ['of a chat', { channel: 'CHAT' }, false, 14],
    ['of a task', { channel: 'TASK' }, false, 97],
    ['of a contact whose channel is not known', { channel: undefined }, false, 97],
    ['of a contact that has left', { disconnectedAt: T0 }, false, 2],
    ['of a contact that has left with events that are not sent', { disconnectedAt: T0 }, true, 14],
    ['of a call with events that are not sent', {}, true, 14],
  ])('%s', (_name, facts, hasUnsentEvents, days) => {
    expect(keptUntil(queuedContact(facts).facts, T0, hasUnsentEvents) - T0).toBe(days * DAY_MS);
  });

  test('97 days where nothing is known', () => {
    expect(keptUntil(undefined, T0)).toBe(T0 + 97 * DAY_MS);
  });

  test.each<[string, Parameters<typeof queuedContact>[0], number, boolean]>([
    ['as long as its call may wait', {}, 14 * DAY_MS, false],
    ['a moment less', {}, 14 * DAY_MS - 1, true],
    ['as long as a call, for a task', { channel: 'TASK' }, 14 * DAY_MS, true],
    ['for a contact that has left', { disconnectedAt: T0 }, 1, false],
    ['for a contact in no queue', { queue: undefined }, 1, false],
  ])('%s: too short is %#', (_name, facts, keptMs, isTooShort) => {
    expect(expiresTooSoon(queuedContact(facts).facts, T0 + keptMs)).toBe(isTooShort);
  });
});
