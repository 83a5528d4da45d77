import { describe, expect, test } from '@jest/globals';
import { contactView } from '../../lambda/domain/contact/build-contact-view.ts';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { applyContactEvent, handleContactEvent } from '../../lambda/flow/handle-contact-event.ts';
import { atSecond, context, KEY, QUEUE_ARN, queuedContact } from '../support/contacts.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const DAY_SECONDS = 86_400;
const COUNTING = {
  again: {
    match: { recentContacts: [{ numeric: ['>=', 2] }] },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
};

const centre = (policies: Record<string, object> = COUNTING) => new MemoryPorts(context(policies));

/** An event of a contact that was queued at that second. */
async function event(
  memory: MemoryPorts,
  contactId: string,
  seconds: number,
  customerId: string | undefined = 'ann',
  more: Partial<ContactFacts> = {},
): Promise<ContactRecord> {
  const facts = {
    ...(queuedContact().facts as ContactFacts),
    contactId,
    queue: { arn: QUEUE_ARN, enqueuedAt: atSecond(seconds) },
    ...more,
  };
  await applyContactEvent(
    { facts, ...(customerId !== '' && { customerId }) },
    memory.configuration,
    memory.reconcilePorts,
  );
  return (await memory.load({ instanceId: KEY.instanceId, contactId })).record;
}

const seen = (record: ContactRecord) => contactView(record, atSecond(0)).recentContacts;

describe('recentContacts', () => {
  test('counts the contacts of the customer that were queued in the 24 hours before, and decides', async () => {
    const memory = centre();
    const counts = [
      seen(await event(memory, 'c-1', -DAY_SECONDS - 1)),
      seen(await event(memory, 'c-2', -DAY_SECONDS)),
      seen(await event(memory, 'c-3', -60)),
      seen(await event(memory, 'c-4', -50, 'bob')),
    ];
    expect(counts).toEqual([0, 1, 2, 0]);
    const last = await event(memory, 'c-5', 0);
    expect([seen(last), last.decision?.policy]).toEqual([2, 'again']);
  });

  test('is fixed when the contact is queued, however often and in whatever order events come', async () => {
    const memory = centre();
    await event(memory, 'c-2', 60);
    await event(memory, 'c-2', 60);
    expect(seen(await event(memory, 'c-1', 0))).toBe(0);
    await event(memory, 'c-3', 120, 'ann', { disconnectedAt: atSecond(130) });
    expect(seen(await event(memory, 'c-4', 180))).toBe(3);
    expect(seen(await event(memory, 'c-2', 60))).toBe(0);
  });

  test('counts a transfer chain once, and not for its own contacts', async () => {
    const memory = centre();
    await event(memory, 'c-1', 0);
    const transfer = { previousContactId: 'c-1', initialContactId: 'c-1', initiationMethod: 'TRANSFER' };
    expect(seen(await event(memory, 'c-2', 60, 'ann', transfer))).toBe(0);
    expect(seen(await event(memory, 'c-3', 120))).toBe(1);
  });

  test('counts 32 contacts at most, which are all that are kept', async () => {
    const memory = centre();
    let last: number | undefined;
    for (let number = 0; number < 40; number++) last = seen(await event(memory, `c-${number}`, number));
    expect(last).toBe(32);
    const { contacts } = await memory.customers.load(KEY.instanceId, 'ann');
    expect(Object.keys(contacts)).toHaveLength(32);
  });

  test('is absent where no policy names it, the event names no customer, or nobody waits', async () => {
    const unnamed = centre({ all: { steps: [{ after: '0s', set: { priority: 1 } }] } });
    expect(seen(await event(unnamed, 'c-1', 0))).toBeUndefined();
    expect((await unnamed.customers.load(KEY.instanceId, 'ann')).revision).toBe(0);
    const memory = centre();
    expect(seen(await event(memory, 'c-1', 0, ''))).toBeUndefined();
    expect(seen(await event(memory, 'c-2', 0, 'ann', { initiationMethod: 'MONITOR' }))).toBeUndefined();
    expect(seen(await event(memory, 'c-3', 0, 'ann', { isTest: true }))).toBeUndefined();
    expect((await memory.customers.load(KEY.instanceId, 'ann')).revision).toBe(0);
  });

  test('is absent while the store fails, and known from the next event on', async () => {
    const memory = centre();
    await event(memory, 'c-1', 0);
    const { customers } = memory;
    memory.customers = { ...customers, load: () => Promise.reject(new Error('it is down')) };
    const record = await event(memory, 'c-2', 60);
    expect([seen(record), record.decision?.reason]).toEqual([undefined, 'no-policy']);
    expect(memory.telemetryLog).toContain('recent contacts of c-2 unknown: Error: it is down');
    memory.customers = customers;
    expect(seen(await event(memory, 'c-2', 60))).toBe(1);
  });

  test('is absent where others write at the same time again and again, between which it waits', async () => {
    const memory = centre();
    memory.customers = { ...memory.customers, save: async () => false };
    expect(seen(await event(memory, 'c-1', 0))).toBeUndefined();
    expect(memory.telemetryLog).toContain(
      'recent contacts of c-1 unknown: Error: The contacts of its customer were changed by others 4 times in a row.',
    );
    expect(memory.backOffs).toEqual([1, 2, 3]);
  });

  test('of a contact that was in no queue yet is not looked for', async () => {
    const memory = centre();
    const { queue: _queue, ...facts } = queuedContact().facts as ContactFacts;
    await applyContactEvent({ facts, customerId: 'ann' }, memory.configuration, memory.reconcilePorts);
    expect(memory.telemetryLog).toEqual([]);
  });

  test('counts what another contact of the customer wrote in between', async () => {
    const memory = centre();
    const { customers } = memory;
    let conflicts = 0;
    memory.customers = {
      ...customers,
      async save(key, contacts, revision) {
        if (conflicts++ === 0)
          await customers.save(key, { other: { first: atSecond(0), last: atSecond(0) } }, 0);
        return customers.save(key, contacts, revision);
      },
    };
    expect(seen(await event(memory, 'c-1', 60))).toBe(1);
    expect(memory.backOffs).toEqual([1]);
  });

  test('is counted from the event as Connect sends it', async () => {
    const memory = centre();
    const send = (contactId: string, time: string, customerId: string) =>
      handleContactEvent(
        {
          source: 'aws.connect',
          time,
          detail: {
            eventType: 'QUEUED',
            contactId,
            customerId,
            instanceArn: `arn:aws:connect:eu-central-1:123456789012:instance/${KEY.instanceId}`,
            queueInfo: { queueArn: QUEUE_ARN, enqueueTimestamp: time },
          },
        },
        memory.reconcilePorts,
      );
    await send('c-1', '2026-11-23T10:00:00.000Z', 'ann');
    await send('c-2', '2026-11-23T11:00:00.000Z', 'ann');
    const record = memory.record({ ...KEY, contactId: 'c-2' });
    expect(record?.recentContacts).toBe(1);
  });

  test('the id of the customer is in no record', async () => {
    const memory = centre();
    const record = await event(memory, 'c-1', 0, 'ann@example.com');
    expect(seen(record)).toBe(0);
    expect(JSON.stringify(record)).not.toContain('ann@example.com');
  });
});
