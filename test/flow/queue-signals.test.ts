import { describe, expect, test } from '@jest/globals';
import { contactView } from '../../lambda/domain/contact/build-contact-view.ts';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { atSecond, context, KEY, QUEUE_ARN, T0 } from '../support/contacts.ts';
import { dispatchAll, enqueue, receive, sentUpdates } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const POLICIES = {
  backlog: { match: { signals: ['backlog'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
};
const OTHER_QUEUE = `${QUEUE_ARN}2`;

const moved = (arn: string, seconds: number): Partial<ContactFacts> => ({
  queue: { arn, enqueuedAt: atSecond(seconds) },
});

const waiting = async () => {
  const memory = new MemoryPorts(context(POLICIES, { checkBeforeFirstChange: false }));
  memory.fillQuota();
  await enqueue(memory);
  return memory;
};

/** The copy for the contact of a signal that was sent to a queue. */
const ofQueue = (memory: MemoryPorts, queueArn: string, until?: number, id = `copy:${queueArn}`) =>
  receive(memory, {
    type: 'signal-of-queue',
    id,
    at: T0,
    signal: 'backlog',
    queueArn,
    ...(until && { until }),
  });

const own = (memory: MemoryPorts, until: number) =>
  receive(memory, { type: 'signal', id: 'own', at: T0, signal: 'backlog', until });

const signalsAt = (record: ContactRecord, seconds: number) => contactView(record, atSecond(seconds)).signals;

describe('a signal that was sent to a queue', () => {
  test('does not go with a contact that is moved to another queue', async () => {
    const memory = await waiting();
    await ofQueue(memory, QUEUE_ARN);
    await dispatchAll(memory);
    const record = await enqueue(memory, KEY.contactId, moved(OTHER_QUEUE, 10));
    expect(record.decision).toMatchObject({ reason: 'no-policy', desired: {} });
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }]);
  });

  test('has no effect where its copy comes after the contact was moved', async () => {
    const memory = await waiting();
    await enqueue(memory, KEY.contactId, moved(OTHER_QUEUE, 10));
    const record = await ofQueue(memory, QUEUE_ARN);
    expect(record.decision?.reason).toBe('no-policy');
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([]);
  });

  test('holds again where the contact comes back, until it ends', async () => {
    const memory = await waiting();
    await ofQueue(memory, QUEUE_ARN, atSecond(60));
    await enqueue(memory, KEY.contactId, moved(OTHER_QUEUE, 10));
    const record = await enqueue(memory, KEY.contactId, moved(QUEUE_ARN, 20));
    expect(record.decision?.policy).toBe('backlog');
    expect([signalsAt(record, 59), signalsAt(record, 60)]).toEqual([['backlog'], []]);
  });

  test('gives way to one of the same name on the queue of the contact', async () => {
    const memory = await waiting();
    await ofQueue(memory, QUEUE_ARN);
    await enqueue(memory, KEY.contactId, moved(OTHER_QUEUE, 10));
    const record = await ofQueue(memory, OTHER_QUEUE, atSecond(60));
    expect([signalsAt(record, 59), signalsAt(record, 60)]).toEqual([['backlog'], []]);
  });

  test('without a queue, as an earlier version sent it, is one of the queue of the contact', async () => {
    const memory = await waiting();
    const record = await receive(memory, { type: 'signal-of-queue', id: 'copy', at: T0, signal: 'backlog' });
    expect(record.queueSignals).toEqual({ backlog: { at: T0, queueArn: QUEUE_ARN } });
  });

  test.each([true, false])(
    'has an end of its own beside one of the contact: own first %s',
    async (isOwnFirst) => {
      const memory = await waiting();
      if (isOwnFirst) await own(memory, atSecond(5));
      await ofQueue(memory, QUEUE_ARN);
      if (!isOwnFirst) await own(memory, atSecond(5));
      memory.now = atSecond(20);
      const successor = { initiationMethod: 'QUEUE_TRANSFER', previousContactId: KEY.contactId };
      const record = await enqueue(memory, 'c-2', { ...moved(OTHER_QUEUE, 20), ...successor });
      expect([record.signals, record.decision?.reason]).toEqual([{}, 'no-policy']);
    },
  );
});
