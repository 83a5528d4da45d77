import { expect, test } from '@jest/globals';
import { type ContactRecord, emptyRecord } from '../../../lambda/domain/contact/record.ts';
import { clockStart, whenPolicyClockShows } from '../../../lambda/domain/reconcile/policy-clock.ts';
import { atSecond, KEY, policy, queuedContact, T0 } from '../../support/contacts.ts';

const STEPS = { steps: [{ after: '0s', set: { priority: 1 } }] };
const contact = (facts: object = {}, chain?: object): ContactRecord => ({
  ...queuedContact(facts),
  ...(chain && { chain: { transfers: 1, ...chain } }),
});

test.each<[from: string, record: ContactRecord, start: number]>([
  ['enqueued', contact({ firstEnqueuedAt: atSecond(-9) }), T0],
  ['firstEnqueued', contact(), T0],
  ['firstEnqueued', contact({ firstEnqueuedAt: atSecond(-9) }), atSecond(-9)],
  ['firstEnqueued', contact({ firstEnqueuedAt: atSecond(9) }), T0],
  ['firstEnqueued', contact({ firstEnqueuedAt: undefined }), T0],
  ['firstEnqueued', contact({}, { firstEnqueuedAt: atSecond(-20) }), atSecond(-20)],
  ['firstEnqueued', contact({}, {}), T0],
  ['initiated', contact({ initiatedAt: atSecond(-7) }), atSecond(-7)],
  ['initiated', contact({ initiatedAt: undefined }), T0],
  ['enqueued', emptyRecord(KEY), 0],
  ['firstEnqueued', emptyRecord(KEY), 0],
  ['initiated', emptyRecord(KEY), 0],
])('a clock from %s begins: %#', (clock, record, start) => {
  expect(clockStart(policy('p', { ...STEPS, clock }), record)).toBe(start);
});

/** Paused for ten seconds in its own time, and for ten before it was queued. */
const PAUSED = contact(
  { pauses: [atSecond(5)], resumes: [atSecond(15)] },
  { firstEnqueuedAt: atSecond(-60), pauses: [atSecond(-50)], resumes: [atSecond(-40)] },
);

test.each<[string, source: object, record: ContactRecord, start: number, shows: number]>([
  ['its own pauses', {}, PAUSED, T0, atSecond(40)],
  ['no pauses, where these count', { paused: 'counts' }, PAUSED, T0, atSecond(30)],
  ['the pauses of its chain, too', { clock: 'firstEnqueued' }, PAUSED, atSecond(-60), atSecond(-20)],
  [
    'pauses of its chain that never ended, until it was queued',
    { clock: 'firstEnqueued' },
    contact({}, { firstEnqueuedAt: atSecond(-60), pauses: [atSecond(-50)] }),
    atSecond(-60),
    atSecond(20),
  ],
  [
    'no pauses of its chain, where it counts from its own beginning',
    { clock: 'initiated' },
    contact({ initiatedAt: atSecond(-20) }, { pauses: [atSecond(-50)] }),
    atSecond(-20),
    atSecond(10),
  ],
  [
    'no pauses of a chain, before it is known when the contact was queued',
    { clock: 'firstEnqueued' },
    { ...emptyRecord(KEY), chain: { transfers: 1 } },
    T0,
    atSecond(30),
  ],
  [
    'the hours that its calendar closes, although pauses count',
    { paused: 'counts', clock: { in: { timezone: 'UTC', hours: ['Mon 10:05-18:00'] } } },
    PAUSED,
    T0,
    Date.parse('2026-11-23T10:05:30Z'),
  ],
  ['no pauses of a chain that has none', { clock: 'firstEnqueued' }, contact(), T0, atSecond(30)],
])('a clock stands still in %s', (_name, source, record, start, shows) => {
  expect(whenPolicyClockShows(30_000, policy('p', { ...STEPS, ...source }), record, start)).toBe(shows);
});
