import { describe, expect, test } from '@jest/globals';
import { mergeEvent } from '../../lambda/domain/contact/merge.ts';
import { atSecond, context, KEY, queuedContact } from '../support/contacts.ts';
import { dispatchAll, enqueue, sentUpdates } from '../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../support/memory-ports.ts';

const POLICIES = {
  rich: {
    precedence: 1,
    match: { attributes: { value: ['high'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
  all: { steps: [{ after: '0s', set: { priority: 3 } }] },
};

/** The whole second that envelopes of ten to eleven seconds after the enqueue have. */
const SECOND = Math.floor(atSecond(10) / 1_000) * 1_000;

/** A contact whose attribute has a value that an event reported, and that was asked for within the same second. */
const asked = async () => {
  const memory = new MemoryPorts(context(POLICIES));
  memory.fillQuota();
  await enqueue(memory);
  await change(memory, SECOND + 200, 'middle');
  return memory;
};

/** Events of a change reach the system at once; their envelopes have the whole second. */
const change = async (memory: MemoryPorts, at: number, value: string) => {
  memory.describeResult = () => describeSuccess({ routing: {}, attributes: { value } });
  memory.now = at;
  await enqueue(memory, KEY.contactId, { attributesChangedAt: SECOND });
  await dispatchAll(memory);
  // Any reconcile decides by the answer.
  await enqueue(memory);
  await dispatchAll(memory);
};

describe('an attribute that changes twice in one second', () => {
  test('is asked for again, although both events have the same time', async () => {
    const memory = await asked();
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 3 }]);
    await change(memory, SECOND + 800, 'high');
    expect(memory.record(KEY)?.decision).toMatchObject({ policy: 'rich', desired: { priority: 1 } });
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 3 }, { QueuePriority: 1 }]);
    expect(memory.described).toHaveLength(2);
  });

  test('counts in whatever order its events and those of other seconds come', () => {
    const facts = (attributesChangedAt: number) => ({ ...KEY, attributesChangedAt });
    const changedAt = (times: number[]) =>
      times.reduce((record, at) => mergeEvent(record, facts(at)), queuedContact()).facts?.attributesChangedAt;
    expect(changedAt([SECOND - 1_000, SECOND, SECOND])).toBe(SECOND + 1);
    expect(changedAt([SECOND, SECOND - 1_000, SECOND])).toBe(SECOND + 1);
    expect(changedAt([SECOND, SECOND, SECOND - 1_000])).toBe(SECOND + 1);
    expect(changedAt([SECOND, SECOND, SECOND + 1_000])).toBe(SECOND + 1_000);
    expect(changedAt(Array.from({ length: 2_000 }, () => SECOND))).toBe(SECOND + 999);
  });
});
