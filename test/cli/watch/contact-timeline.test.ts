import { describe, expect, test } from '@jest/globals';
import { contactDetail } from '../../../cli/watch/contact-detail.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { MemoryReader } from '../../../scripts/console/memory-reader.ts';
import { type MadeUpContact, waitingRecord } from '../../../scripts/console/waiting-contacts.ts';
import { atSecond, INSTANCE, KEY, QUEUE_ARN, T0 } from '../../support/contacts.ts';

const POLICIES = {
  ladder: {
    precedence: 10,
    match: { tags: { tier: ['gold'] } },
    steps: [
      { after: '0s', set: { priority: 3 } },
      { after: '2m', set: { priority: 1 } },
    ],
  },
  watched: { precedence: 5, mode: 'observe', steps: [{ after: '20s', set: { priority: 2 } }] },
  target: { precedence: 20, match: { tags: { tier: ['silver'] } }, target: '1m' },
};

async function timelineOf(
  contact: Partial<MadeUpContact>,
  second: number,
  change: (record: ContactRecord) => ContactRecord = (record) => record,
) {
  const reader = new MemoryReader(atSecond(second), { policies: POLICIES, since: T0 }, [INSTANCE]);
  const made = { ...KEY, queueArn: QUEUE_ARN, enqueuedAt: T0, ...contact };
  const record = change(waitingRecord(made, reader.context, reader.at));
  reader.put(record);
  return contactDetail(record, await reader.read(), 'UTC').timeline;
}

/** `second kind words`, with `*` for what is to come. */
const lines = (items: Awaited<ReturnType<typeof timelineOf>>) =>
  items.map(({ at, until, kind, words, isComing }) => {
    const end = until === undefined ? '' : `-${(until - T0) / 1_000}`;
    return `${isComing ? '*' : ''}${(at - T0) / 1_000}${end} ${kind}: ${words}`;
  });

describe('the timeline of a contact', () => {
  test('has events, decisions, updates, steps and shadows, and what is to come', async () => {
    expect(lines(await timelineOf({ tags: { tier: 'gold' } }, 30))).toEqual([
      '-25 event: the contact began',
      '0 event: entered its queue',
      '0 decision: governed by ladder, step 1',
      '0 update: set priority 3',
      '0 step: step 1 of ladder was reached: priority 3',
      '20 shadow: watched would set priority 2 by its step 1',
      '*120 update: priority 1 by ladder, step 2, in 1m30s',
    ]);
  });

  test('has an override with who ordered it and why, until when it holds, and what follows', async () => {
    const override = {
      type: 'override' as const,
      id: 'o-1',
      ...KEY,
      at: atSecond(10),
      set: { priority: 1 },
      until: atSecond(100),
      actor: 'ann',
      reason: 'outage',
    };
    const timeline = lines(await timelineOf({ messages: [override] }, 30));
    expect(timeline.filter((line) => line.includes('override:'))).toEqual([
      '10-100 override: priority 1 by ann: outage',
      '*100 override: the override ends, in 1m10s',
    ]);
    expect(timeline).toContain('10 update: set priority 1');
    expect(timeline.find((line) => line.startsWith('*100 update: priority 5'))).toBeDefined();
  });

  test('has signals for as long as they hold', async () => {
    const signal = {
      type: 'signal' as const,
      id: 's-1',
      ...KEY,
      at: atSecond(5),
      signal: 'angry',
      until: atSecond(65),
    };
    const timeline = lines(await timelineOf({ messages: [signal] }, 30));
    expect(timeline.filter((line) => line.includes('angry'))).toEqual(['5-65 signal: signal angry']);
  });

  test('has the target, to come and over', async () => {
    const tags = { tier: 'silver' };
    expect(lines(await timelineOf({ tags }, 30))).toContain('*60 target: target of target');
    expect(lines(await timelineOf({ tags }, 90))).toContain('60 target: target of target');
  });

  test('has updates that Connect rejected, and those whose result is not known', async () => {
    const history = [
      { at: atSecond(1), text: 'rejected {"QueuePriority":1}: no such contact' },
      { at: atSecond(2), text: 'result unknown of {"QueuePriority":1}: timeout' },
      { at: atSecond(3), text: 'conflict at {"QueuePriority":1}' },
      { at: atSecond(4), text: 'closed: not found' },
      { at: atSecond(5), text: 'something else' },
    ];
    const timeline = await timelineOf({}, 30, (record) => ({ ...record, history }));
    expect(timeline.filter(({ kind }) => kind === 'failure').map(({ at }) => (at - T0) / 1_000)).toEqual([
      1, 2, 3, 4,
    ]);
    expect(timeline.find(({ words }) => words === 'something else')?.kind).toBe('other');
  });

  test('has how a contact left, and nothing to come then', async () => {
    const timeline = await timelineOf({ tags: { tier: 'gold' } }, 30, (record) => ({
      ...record,
      facts: { ...record.facts, connectedAt: atSecond(12), disconnectedAt: atSecond(25) } as never,
    }));
    expect(lines(timeline)).toEqual(
      expect.arrayContaining(['12 event: an agent answered', '25 event: the contact ended']),
    );
    expect(timeline.filter(({ isComing }) => isComing)).toEqual([]);
  });

  test('keeps each item in one line, whatever others wrote', async () => {
    const history = [{ at: T0, text: 'a\nforged \u001b[2J\u202e line' }];
    const timeline = await timelineOf({}, 30, (record) => ({ ...record, history }));
    expect(timeline.find(({ kind }) => kind === 'other')?.words).toBe('a\\nforged \\u001b[2J\\u202e line');
  });
});
