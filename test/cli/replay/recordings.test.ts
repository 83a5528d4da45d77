import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { replayed } from './fixture.ts';

/* Recordings as contact centres sent them, each with the right answer. */

const recording = (name: string) =>
  readFileSync(new URL(`../../fixtures/contacts/${name}.jsonl`, import.meta.url), 'utf8');

/** The calls as contact, time and priority. */
async function calls(name: string, policy: object) {
  const { sets } = await replayed(recording(name), { set: { policy } });
  return sets[0]?.escalations.map(({ contactId, madeAt, to }) => [contactId, madeAt, to.priority]);
}

test('a customer who was angry with the first agent is so in the next queue', async () => {
  const angry = {
    match: { signals: ['rule:angry customer'] },
    steps: [
      { after: '0s', set: { priority: 2 } },
      { after: '4m', set: { priority: 1 } },
    ],
  };
  expect(await calls('angry', angry)).toEqual([
    ['v2', '2026-11-23T09:08:00.600Z', 2],
    ['v2', '2026-11-23T09:12:00.100Z', 1],
  ]);
});

test('callbacks count as transfers, and keep the clock of the first queue', async () => {
  const late = {
    match: { transfers: [2] },
    clock: 'firstEnqueued',
    steps: [{ after: '20m', set: { priority: 1 } }],
  };
  expect(await calls('callback', late)).toEqual([['c3', '2026-11-23T09:20:30.600Z', 1]]);
});

const STEPS = {
  steps: [
    { after: '1m', set: { priority: 3 } },
    { after: '2m', set: { priority: 2 } },
  ],
};

test('a queue time from an envelope and the exact one are one stay', async () => {
  const { sets, recording: summary } = await replayed(recording('noenq'), { set: { policy: STEPS } });
  expect(summary).toMatchObject({ contacts: 1, queued: 1, lateEnds: 0, unobservedWaits: 0 });
  expect(sets[0]?.escalations.map(({ madeAt, to, tookEffect }) => [madeAt, to.priority, tookEffect])).toEqual(
    [
      ['2026-11-23T09:01:00.000Z', 3, true],
      ['2026-11-23T09:02:00.000Z', 2, true],
    ],
  );
});

test('an outbound call that an agent dials does not wait', async () => {
  const now = { steps: [{ after: '0s', set: { priority: 3 } }] };
  const { sets, recording: summary } = await replayed(recording('outbound'), { set: { policy: now } });
  expect(summary).toMatchObject({ contacts: 1, queued: 0, unobservedWaits: 0 });
  expect(sets[0]?.escalations).toEqual([]);
});

test('a callback five hours later continues the call', async () => {
  const late = { clock: 'firstEnqueued', steps: [{ after: '4h', set: { priority: 1 } }] };
  expect(await calls('cb5h', late)).toEqual([['c2', '2026-11-23T14:05:10.600Z', 1]]);
});
