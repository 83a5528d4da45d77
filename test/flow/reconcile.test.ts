import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { applyMessage } from '../../lambda/domain/messages/apply-message.ts';
import { backOffMs } from '../../lambda/flow/back-off.ts';
import { ContendedContactError } from '../../lambda/flow/errors.ts';
import { fanOut } from '../../lambda/flow/fan-out.ts';
import { applyContactEvent } from '../../lambda/flow/handle-contact-event.ts';
import { atSecond, context, KEY, QUEUE_ARN, queuedContact, T0 } from '../support/contacts.ts';
import { enqueue, PRIORITY_2, receive } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const STEPS = {
  all: {
    steps: [
      { after: '0s', set: { priority: 4 } },
      { after: '90s', set: { priority: 2 } },
      { after: '1h', set: { priority: 1 } },
    ],
  },
};
const LATER = { all: { steps: [{ after: '90s', set: { priority: 2 } }] } };

const wake = (memory: MemoryPorts, wakeAt: number) => receive(memory, { type: 'wake', wakeAt });

describe('a contact event', () => {
  test('records what is due, notifies dispatch, and sets one timer for the next step', async () => {
    const memory = new MemoryPorts(context(STEPS));
    memory.now = atSecond(0.5);
    const record = await enqueue(memory);
    expect(record.decision).toEqual({
      queueVisit: `${QUEUE_ARN}@${T0}`,
      generation: 1,
      reason: 'governed',
      policy: 'all',
      step: 0,
      desired: { priority: 4 },
      allowLower: false,
      dueAt: T0,
    });
    expect(memory.dispatchNotifications).toEqual([
      { ...KEY, deduplicationKey: expect.stringMatching(/^1@/) },
    ]);
    expect(memory.sent).toEqual([
      { body: { type: 'wake', ...KEY, wakeAt: new Date(atSecond(90.5)).toISOString() }, delaySeconds: 90 },
    ]);
    expect(record.history.map(({ text }) => text)).toEqual(['governed by all step 0']);
  });

  test('that meets no other writer waits for none', async () => {
    const memory = new MemoryPorts(context(STEPS));
    await enqueue(memory);
    expect(memory.backOffs).toEqual([]);
  });

  test('that comes again notifies dispatch again, which is a duplicate within ten seconds alone', async () => {
    const memory = new MemoryPorts(context(PRIORITY_2));
    // An interval begins here.
    memory.now = Math.ceil(T0 / 10_000) * 10_000;
    await enqueue(memory);
    memory.now += 9_999;
    await enqueue(memory);
    memory.now += 1;
    await enqueue(memory);
    const keys = memory.dispatchNotifications.map(({ deduplicationKey }) => deduplicationKey);
    expect(keys).toHaveLength(3);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  test.each([
    ['its timer cannot be set, and nothing is written', LATER, 'sendWakeUps', 0],
    ['dispatch cannot be notified', PRIORITY_2, 'notifyDispatch', 1],
  ] as const)('fails, to be sent again, where %s', async (_name, policies, operation, written) => {
    const memory = new MemoryPorts(context(policies));
    memory[operation] = async () => {
      throw new TypeError('no answer');
    };
    await expect(enqueue(memory)).rejects.toThrow('no answer');
    expect(memory.items.size).toBe(written);
  });

  test('that says nothing new costs one read and nothing else', async () => {
    const memory = new MemoryPorts(context(LATER));
    await enqueue(memory);
    memory.beforeSave = () => expect('a write').toBe('unexpected');
    memory.now = atSecond(5);
    await enqueue(memory);
    expect([memory.sent.length, memory.dispatchNotifications.length]).toEqual([1, 0]);
  });

  test('that only confirms what is known is not written; one that says that tags changed is, once', async () => {
    const memory = new MemoryPorts(context(LATER));
    const tags = (at: number, tier: string) => ({ tags: { at: atSecond(at), value: { tier } } });
    const revision = () => [...memory.items.values()].map((item) => item.revision);
    await enqueue(memory, KEY.contactId, tags(1, 'gold'));
    const facts = { ...(queuedContact().facts as ContactFacts), eventAt: atSecond(3), ...tags(3, 'gold') };
    await applyContactEvent({ facts }, memory.configuration, memory.reconcilePorts);
    expect(revision()).toEqual([1]);
    await applyContactEvent({ facts, changesTags: true }, memory.configuration, memory.reconcilePorts);
    expect(revision()).toEqual([2]);
    await applyContactEvent({ facts, changesTags: true }, memory.configuration, memory.reconcilePorts);
    expect(revision()).toEqual([2]);
    // So an event that is late does not take the tags back.
    const late = { ...facts, eventAt: atSecond(2), ...tags(2, 'silver') };
    await applyContactEvent({ facts: late, changesTags: true }, memory.configuration, memory.reconcilePorts);
    expect(memory.record(KEY)?.facts?.tags).toEqual(tags(3, 'gold').tags);
  });

  test('reports what an observing policy would have set, once, and when it is written', async () => {
    const watch = { mode: 'observe', steps: [{ after: '0s', set: { priority: 1 } }] };
    const memory = new MemoryPorts(context({ watch }));
    const { save } = memory;
    let writes = 0;
    memory.save = async (...given) => (writes++ === 0 ? undefined : save.apply(memory, given));
    await enqueue(memory);
    await enqueue(memory, KEY.contactId, { tags: { at: T0, value: { tier: 'gold' } } });
    expect(memory.telemetryLog).toEqual(['shadow c-1: watch step 0 {"priority":1}']);
  });

  test('that ends the wait leaves nothing pending and sets no timer', async () => {
    const memory = new MemoryPorts(context(STEPS));
    await enqueue(memory);
    memory.now = atSecond(10);
    const record = await enqueue(memory, KEY.contactId, { connectedAt: atSecond(9) });
    expect(record.decision?.reason).toBe('not-queued');
    expect(record.wakeAt).toBe(undefined);
    expect(memory.items.get('i-1#c-1')?.entries.pending?.sortKey).toBe(undefined);
    expect([memory.sent.length, memory.dispatchNotifications.length]).toEqual([1, 1]);
  });

  test('of another queue starts a new queue visit with an unknown status', async () => {
    const memory = new MemoryPorts(context(STEPS, { checkBeforeFirstChange: false }));
    const before = await enqueue(memory);
    expect(before.status?.applied).toEqual({ priority: 5, ageSeconds: 0 });
    memory.now = atSecond(30);
    const queue = { arn: `${QUEUE_ARN}2`, enqueuedAt: atSecond(29) };
    const record = await enqueue(memory, KEY.contactId, { queue });
    expect(record.status).toEqual({
      queueVisit: `${queue.arn}@${queue.enqueuedAt}`,
      applied: { priority: 5, ageSeconds: 0 },
      isObserved: true,
      isAssumed: true,
    });
    expect(record.decision).toMatchObject({ generation: 2, dueAt: atSecond(29), desired: { priority: 4 } });
  });

  test('of a transferred contact takes the first enqueue of the chain from the record before it', async () => {
    const chain = { all: { clock: 'firstEnqueued', steps: [{ after: '90s', set: { priority: 2 } }] } };
    const memory = new MemoryPorts(context(chain));
    await enqueue(memory, 'c-0');
    memory.now = atSecond(60);
    const record = await enqueue(memory, KEY.contactId, {
      previousContactId: 'c-0',
      initiationMethod: 'QUEUE_TRANSFER',
      queue: { arn: QUEUE_ARN, enqueuedAt: atSecond(60) },
      firstEnqueuedAt: atSecond(60),
    });
    expect(record.chain).toEqual({
      previousContactId: 'c-0',
      transfers: 1,
      firstEnqueuedAt: T0,
      initialContactId: 'c-0',
    });
    expect(record.wakeAt).toBe(atSecond(90));
  });

  test('that conflicts with another write is merged into what was written', async () => {
    const memory = new MemoryPorts(context(LATER));
    let overtakings = 2;
    memory.beforeSave = () => {
      if (overtakings === 0) return;
      overtakings -= 1;
      const stored = memory.items.get('i-1#c-1');
      const record = applyMessage(
        stored?.record ?? ({ ...queuedContact(), facts: undefined } as never),
        { type: 'signal', ...KEY, id: `s-${overtakings}`, at: T0, signal: `vip-${overtakings}` },
        T0,
      );
      memory.items.set('i-1#c-1', { record, revision: (stored?.revision ?? 0) + 1, entries: {} });
    };
    const record = await enqueue(memory);
    expect(Object.keys(record.signals)).toEqual(['vip-1', 'vip-0']);
    expect(record.facts?.queue?.arn).toBe(QUEUE_ARN);
    expect(memory.record(KEY)).toEqual(record);
  });

  test('that conflicts again and again fails with a clear error, to be delivered again', async () => {
    const memory = new MemoryPorts(context(LATER));
    let revision = 0;
    memory.beforeSave = () => {
      revision += 1;
      memory.items.set('i-1#c-1', { record: queuedContact(), revision, entries: {} });
    };
    await expect(enqueue(memory)).rejects.toThrow(new ContendedContactError(KEY, 16));
    // Not after the last try.
    expect(memory.backOffs).toEqual(Array.from({ length: 15 }, (_, conflict) => conflict + 1));
    expect(new ContendedContactError(KEY, 8).message).toBe(
      'Contact c-1 of instance i-1 was changed by others 8 times in a row.',
    );
  });
});

test('the wait after a conflict is anywhere below 20, 40, 80 … and at most 1,280 milliseconds', () => {
  expect([1, 2, 3, 7, 8, 15].map((conflicts) => backOffMs(conflicts, 1))).toEqual([
    20, 40, 80, 1_280, 1_280, 1_280,
  ]);
  expect([0, 0.25, 0.5].map((random) => backOffMs(2, random))).toEqual([0, 10, 20]);
});

describe('timers', () => {
  test('a wait longer than SQS can delay takes several timers', async () => {
    const hour = { all: { steps: [{ after: '1h', set: { priority: 1 } }] } };
    const memory = new MemoryPorts(context(hour));
    await enqueue(memory);
    const delays: number[] = [];
    for (let rings = 0; rings < 4; rings++) {
      const { delaySeconds, body } = memory.sent.at(-1) ?? { delaySeconds: 0, body: {} };
      delays.push(delaySeconds);
      memory.now += delaySeconds * 1_000;
      await wake(memory, Date.parse(String(body.wakeAt)));
    }
    expect(delays).toEqual([900, 900, 900, 900]);
    expect(memory.record(KEY)?.decision?.desired).toEqual({ priority: 1 });
    expect(memory.dispatchNotifications.length).toBe(1);
  });

  test.each([0, 300])(
    'of a contact that has left, a timer that fires costs one read: %d ms late',
    async (lateMs) => {
      const memory = new MemoryPorts(context(LATER));
      await enqueue(memory);
      await enqueue(memory, KEY.contactId, { connectedAt: atSecond(9) });
      memory.beforeSave = () => expect('a write').toBe('unexpected');
      let reads = 0;
      const load = memory.load.bind(memory);
      memory.load = (key) => {
        reads += 1;
        return load(key);
      };
      memory.now = atSecond(90) + lateMs;
      await wake(memory, atSecond(90));
      expect([reads, memory.sent.length, memory.dispatchNotifications]).toEqual([1, 1, []]);
    },
  );

  test('a wake-up that is delivered twice does no harm', async () => {
    const memory = new MemoryPorts(context(STEPS, { checkBeforeFirstChange: false }));
    await enqueue(memory);
    memory.now = atSecond(90.2);
    await wake(memory, atSecond(90));
    const record = memory.record(KEY);
    const sent = memory.sent.length;
    await wake(memory, atSecond(90));
    expect(memory.record(KEY)).toEqual(record);
    expect(memory.sent.length).toBe(sent);
  });

  test('an earlier due time gets a timer of its own, and the later timer does no harm', async () => {
    const memory = new MemoryPorts(
      context({
        ...LATER,
        angry: {
          precedence: 1,
          match: { signals: ['angry'] },
          steps: [{ after: '30s', set: { priority: 1 } }],
        },
      }),
    );
    await enqueue(memory);
    memory.now = atSecond(10);
    await receive(memory, { type: 'signal', id: 's', at: atSecond(10), signal: 'angry' });
    expect(memory.sent.map(({ delaySeconds }) => delaySeconds)).toEqual([90, 20]);
    memory.now = atSecond(30);
    await wake(memory, atSecond(30));
    expect(memory.record(KEY)?.decision).toMatchObject({
      policy: 'angry',
      desired: { priority: 1 },
      dueAt: atSecond(30),
    });
  });

  test('a wake-up that was sent before a crash lost its record leads to an ordinary reconcile', async () => {
    const memory = new MemoryPorts(context(STEPS));
    await wake(memory, atSecond(5));
    expect(memory.record(KEY)).toMatchObject({ decision: { reason: 'not-queued' } });
  });
});

describe('signals and overrides', () => {
  test('a signal that arrives before its contact is stored for it', async () => {
    const angry = { match: { signals: ['angry'] }, steps: [{ after: '0s', set: { priority: 1 } }] };
    const memory = new MemoryPorts(context({ angry }));
    await receive(memory, { type: 'signal', id: 's', at: T0 - 5_000, signal: 'angry' });
    const record = await enqueue(memory);
    expect(record.decision).toMatchObject({ reason: 'governed', policy: 'angry', dueAt: T0 });
  });

  test('a message id counts once, whatever comes with it', async () => {
    const memory = new MemoryPorts(context(LATER));
    await enqueue(memory);
    await receive(memory, { type: 'signal', id: 's', at: T0, signal: 'vip', until: atSecond(60) });
    const record = memory.record(KEY);
    await receive(memory, { type: 'signal', id: 's', at: T0, signal: 'vip', until: atSecond(600) });
    expect(memory.record(KEY)).toEqual(record);
  });

  test('a signal that is sent twice holds until the later end, in either order', async () => {
    const ends = async (order: readonly (number | undefined)[]) => {
      const memory = new MemoryPorts(context({}));
      for (const [index, until] of order.entries()) {
        await receive(memory, {
          type: 'signal',
          id: `s-${index}`,
          at: T0,
          signal: 'vip',
          ...(until === undefined ? {} : { until }),
        });
      }
      return memory.record(KEY)?.signals.vip?.until;
    };
    expect(await ends([atSecond(60), atSecond(30)])).toBe(atSecond(60));
    expect(await ends([atSecond(30), atSecond(60)])).toBe(atSecond(60));
    expect(await ends([undefined, atSecond(60)])).toBe(undefined);
    expect(await ends([atSecond(60), undefined])).toBe(undefined);
  });

  test('an override holds until it expires; then the policy decides again', async () => {
    const memory = new MemoryPorts(context(LATER, { checkBeforeFirstChange: false }));
    await enqueue(memory);
    memory.now = atSecond(10);
    await receive(memory, {
      type: 'override',
      id: 'o',
      at: atSecond(10),
      set: { priority: 9 },
      until: atSecond(40),
      actor: 'ann',
    });
    expect(memory.record(KEY)?.decision).toMatchObject({
      override: { priority: 9 },
      generation: 2,
      dueAt: atSecond(10),
    });
    expect(memory.record(KEY)?.wakeAt).toBe(atSecond(40));
    memory.now = atSecond(40);
    await wake(memory, atSecond(40));
    expect(memory.record(KEY)?.decision).toMatchObject({ generation: 3, desired: {} });
    expect(memory.record(KEY)?.decision?.override).toBe(undefined);
  });

  test('an older override does not undo a newer release', async () => {
    const memory = new MemoryPorts(context(LATER));
    await enqueue(memory);
    await receive(memory, { type: 'release', id: 'r', at: atSecond(20) });
    await receive(memory, { type: 'override', id: 'o', at: atSecond(10), set: { priority: 1 } });
    expect(memory.record(KEY)?.decision?.override).toBe(undefined);
  });
});

describe('a message for many contacts', () => {
  const messages = async (memory: MemoryPorts, message: Parameters<typeof fanOut>[0]) => {
    memory.sent.length = 0;
    await fanOut(message, memory.reconcilePorts);
    return [...memory.sent, ...memory.signalsSent];
  };
  const filled = async () => {
    const memory = new MemoryPorts(context({}));
    const contacts: [string, Partial<ContactFacts>][] = [
      ['c-1', {}],
      ['c-2', { queue: { arn: 'other', enqueuedAt: T0 } }],
      ['c-3', { connectedAt: atSecond(1) }],
    ];
    for (const [contactId, facts] of contacts) await enqueue(memory, contactId, facts);
    memory.now = atSecond(10);
    return memory;
  };

  test('a signal for a queue reaches the contacts that wait there, with the rest of its ttl', async () => {
    const signal = {
      type: 'queue-signal',
      id: 'e-1',
      at: T0,
      queueArn: QUEUE_ARN,
      signal: 'backlog',
      until: atSecond(70),
    } as const;
    expect(await messages(await filled(), signal)).toEqual([
      {
        body: {
          type: 'signal-of-queue',
          id: 'e-1:c-1',
          queueArn: QUEUE_ARN,
          signal: 'backlog',
          ttl: '60s',
          ...KEY,
        },
        delaySeconds: 0,
      },
    ]);
    const over = { ...signal, until: atSecond(10) };
    expect(await messages(await filled(), over)).toEqual([]);
  });

  test('a resync reaches all queued contacts', async () => {
    const wakeAt = new Date(atSecond(10)).toISOString();
    expect(await messages(await filled(), { type: 'reevaluate', id: 'r-1' })).toEqual([
      { body: { type: 'wake', ...KEY, wakeAt }, delaySeconds: 0 },
      { body: { type: 'wake', ...KEY, contactId: 'c-2', wakeAt }, delaySeconds: 0 },
    ]);
  });
});
