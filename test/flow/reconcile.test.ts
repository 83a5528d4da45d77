import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { mergeEvent } from '../../lambda/domain/contact/merge.ts';
import { mergeFacts } from '../../lambda/domain/contact/merge-facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { applyMessage } from '../../lambda/domain/messages/apply-message.ts';
import type { ContactMessage } from '../../lambda/domain/messages/rule-message.ts';
import { ContendedContactError } from '../../lambda/flow/errors.ts';
import { fanOut } from '../../lambda/flow/fan-out.ts';
import { reconcile } from '../../lambda/flow/reconcile.ts';
import { atSecond, context, KEY, QUEUE_ARN, queuedContact, T0 } from '../support/contacts.ts';
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

const QUEUED = queuedContact().facts as ContactFacts;
const learn = (world: MemoryPorts, facts: Partial<ContactFacts> = {}) =>
  reconcile(
    KEY,
    (record) => mergeEvent(record, { ...QUEUED, ...facts }),
    world.configuration,
    world.reconcilePorts,
  );
const tell = (world: MemoryPorts, message: Partial<ContactMessage> & { type: ContactMessage['type'] }) =>
  reconcile(
    KEY,
    (record, now) => applyMessage(record, { ...KEY, ...message } as ContactMessage, now),
    world.configuration,
    world.reconcilePorts,
  );
const wake = (world: MemoryPorts, wakeAt: number) => tell(world, { type: 'wake', wakeAt });

describe('a contact event', () => {
  test('records what is due, tells dispatch, and sets one timer for what comes next', async () => {
    const world = new MemoryPorts(context(STEPS));
    world.now = atSecond(0.5);
    const record = await learn(world);
    expect(record.decision).toEqual({
      queueVisit: `${QUEUE_ARN}@${T0}`,
      generation: 1,
      reason: 'governed',
      policy: 'all',
      mode: 'enforce',
      step: 0,
      desired: { priority: 4 },
      allowLower: false,
      dueAt: T0,
    });
    expect(world.dispatchNotifications).toEqual([{ ...KEY, distinct: expect.stringMatching(/^1@/) }]);
    expect(world.sent).toEqual([
      { body: { type: 'wake', ...KEY, wakeAt: new Date(atSecond(90.5)).toISOString() }, delaySeconds: 90 },
    ]);
    expect(record.history.map(({ text }) => text)).toEqual(['governed by all step 0']);
  });

  test('that tells nothing new costs a reading and nothing else', async () => {
    const world = new MemoryPorts(context(LATER));
    await learn(world);
    world.beforeSave = () => expect('a saving').toBe('unforeseen');
    world.now = atSecond(5);
    await learn(world);
    expect([world.sent.length, world.dispatchNotifications.length]).toEqual([1, 0]);
  });

  test('that ends the wait leaves nothing pending and sets no timer', async () => {
    const world = new MemoryPorts(context(STEPS));
    await learn(world);
    world.now = atSecond(10);
    const record = await learn(world, { connectedAt: atSecond(9) });
    expect(record.decision?.reason).toBe('not-queued');
    expect(record.wakeAt).toBe(undefined);
    expect(world.items.get('i-1#c-1')?.entries.pending?.sortKey).toBe(undefined);
    expect([world.sent.length, world.dispatchNotifications.length]).toEqual([1, 1]);
  });

  test('of another queue begins a new stay, of which nothing is known', async () => {
    const world = new MemoryPorts(context(STEPS, { checkBeforeFirstChange: false }));
    const before = await learn(world);
    expect(before.status?.applied).toEqual({ priority: 5, ageSeconds: 0 });
    world.now = atSecond(30);
    const queue = { arn: `${QUEUE_ARN}2`, enqueuedAt: atSecond(29) };
    const record = await learn(world, { queue });
    expect(record.status).toEqual({
      queueVisit: `${queue.arn}@${queue.enqueuedAt}`,
      applied: { priority: 5, ageSeconds: 0 },
      isObserved: true,
    });
    expect(record.decision).toMatchObject({ generation: 2, dueAt: atSecond(29), desired: { priority: 4 } });
  });

  test('of a transferred contact takes the first queue of the chain from the record before it', async () => {
    const chain = { all: { clock: 'firstEnqueued', steps: [{ after: '90s', set: { priority: 2 } }] } };
    const world = new MemoryPorts(context(chain));
    const previous = { ...KEY, contactId: 'c-0' };
    await reconcile(
      previous,
      (record) => mergeEvent(record, { ...QUEUED, ...previous }),
      world.configuration,
      world.reconcilePorts,
    );
    world.now = atSecond(60);
    const record = await learn(world, {
      previousContactId: 'c-0',
      queue: { arn: QUEUE_ARN, enqueuedAt: atSecond(60) },
      firstEnqueuedAt: atSecond(60),
    });
    expect(record.chain).toEqual({ transfers: 1, firstEnqueuedAt: T0 });
    expect(record.wakeAt).toBe(atSecond(90));
  });

  test('that others overtake is folded into what they wrote', async () => {
    const world = new MemoryPorts(context(LATER));
    let overtakings = 2;
    world.beforeSave = () => {
      if (overtakings === 0) return;
      overtakings -= 1;
      const stored = world.items.get('i-1#c-1');
      const record = applyMessage(
        stored?.record ?? ({ ...queuedContact(), facts: undefined } as never),
        { type: 'signal', ...KEY, id: `s-${overtakings}`, at: T0, signal: `vip-${overtakings}` },
        T0,
      );
      world.items.set('i-1#c-1', { record, revision: (stored?.revision ?? 0) + 1, entries: {} });
    };
    const record = await learn(world);
    expect(Object.keys(record.signals)).toEqual(['vip-1', 'vip-0']);
    expect(record.facts?.queue?.arn).toBe(QUEUE_ARN);
    expect(world.record(KEY)).toEqual(record);
  });

  test('that is overtaken again and again fails clearly, to be tried again', async () => {
    const world = new MemoryPorts(context(LATER));
    let revision = 0;
    world.beforeSave = () => {
      revision += 1;
      world.items.set('i-1#c-1', { record: queuedContact(), revision, entries: {} });
    };
    await expect(learn(world)).rejects.toThrow(new ContendedContactError(KEY, 8));
    expect(new ContendedContactError(KEY, 8).message).toBe(
      'Contact c-1 of instance i-1 was changed by others 8 times in a row.',
    );
  });
});

describe('timers', () => {
  test('a wait longer than SQS can delay is chained', async () => {
    const hour = { all: { steps: [{ after: '1h', set: { priority: 1 } }] } };
    const world = new MemoryPorts(context(hour));
    await learn(world);
    const delays: number[] = [];
    for (let rings = 0; rings < 4; rings++) {
      const { delaySeconds, body } = world.sent.at(-1) ?? { delaySeconds: 0, body: {} };
      delays.push(delaySeconds);
      world.now += delaySeconds * 1_000;
      await wake(world, Date.parse(String(body.wakeAt)));
    }
    expect(delays).toEqual([900, 900, 900, 900]);
    expect(world.record(KEY)?.decision?.desired).toEqual({ priority: 1 });
    expect(world.dispatchNotifications.length).toBe(1);
  });

  test('a wake-up twice delivered does no harm', async () => {
    const world = new MemoryPorts(context(STEPS, { checkBeforeFirstChange: false }));
    await learn(world);
    world.now = atSecond(90.2);
    await wake(world, atSecond(90));
    const record = world.record(KEY);
    const sent = world.sent.length;
    await wake(world, atSecond(90));
    expect(world.record(KEY)).toEqual(record);
    expect(world.sent.length).toBe(sent);
  });

  test('what falls due sooner gets a timer of its own, and the later one does no harm', async () => {
    const world = new MemoryPorts(
      context({
        ...LATER,
        angry: {
          precedence: 1,
          match: { signals: ['angry'] },
          steps: [{ after: '30s', set: { priority: 1 } }],
        },
      }),
    );
    await learn(world);
    world.now = atSecond(10);
    await tell(world, { type: 'signal', id: 's', at: atSecond(10), signal: 'angry' });
    expect(world.sent.map(({ delaySeconds }) => delaySeconds)).toEqual([90, 20]);
    world.now = atSecond(30);
    await wake(world, atSecond(30));
    expect(world.record(KEY)?.decision).toMatchObject({
      policy: 'angry',
      desired: { priority: 1 },
      dueAt: atSecond(30),
    });
  });

  test('a wake-up that was sent before the crash that lost its record leads to a look like any other', async () => {
    const world = new MemoryPorts(context(STEPS));
    await wake(world, atSecond(5));
    expect(world.record(KEY)).toMatchObject({ decision: { reason: 'not-queued' } });
  });
});

describe('signals and overrides', () => {
  test('a signal that comes before its contact is kept for it', async () => {
    const angry = { match: { signals: ['angry'] }, steps: [{ after: '0s', set: { priority: 1 } }] };
    const world = new MemoryPorts(context({ angry }));
    await tell(world, { type: 'signal', id: 's', at: T0 - 5_000, signal: 'angry' });
    const record = await learn(world);
    expect(record.decision).toMatchObject({ reason: 'governed', policy: 'angry', dueAt: T0 });
  });

  test('a message counts once, whatever its id is delivered with', async () => {
    const world = new MemoryPorts(context(LATER));
    await learn(world);
    await tell(world, { type: 'signal', id: 's', at: T0, signal: 'vip', until: atSecond(60) });
    const record = world.record(KEY);
    await tell(world, { type: 'signal', id: 's', at: T0, signal: 'vip', until: atSecond(600) });
    expect(world.record(KEY)).toEqual(record);
  });

  test('told twice, a signal holds until the later end, in either order', async () => {
    const ends = async (order: readonly (number | undefined)[]) => {
      const world = new MemoryPorts(context({}));
      for (const [index, until] of order.entries()) {
        await tell(world, {
          type: 'signal',
          id: `s-${index}`,
          at: T0,
          signal: 'vip',
          ...(until === undefined ? {} : { until }),
        });
      }
      return world.record(KEY)?.signals.vip?.until;
    };
    expect(await ends([atSecond(60), atSecond(30)])).toBe(atSecond(60));
    expect(await ends([atSecond(30), atSecond(60)])).toBe(atSecond(60));
    expect(await ends([undefined, atSecond(60)])).toBe(undefined);
    expect(await ends([atSecond(60), undefined])).toBe(undefined);
  });

  test('an override holds until it runs out; then the policy decides again', async () => {
    const world = new MemoryPorts(context(LATER, { checkBeforeFirstChange: false }));
    await learn(world);
    world.now = atSecond(10);
    await tell(world, {
      type: 'override',
      id: 'o',
      at: atSecond(10),
      set: { priority: 9 },
      until: atSecond(40),
      actor: 'ann',
    });
    expect(world.record(KEY)?.decision).toMatchObject({
      override: { priority: 9 },
      generation: 2,
      dueAt: atSecond(10),
    });
    expect(world.record(KEY)?.wakeAt).toBe(atSecond(40));
    world.now = atSecond(40);
    await wake(world, atSecond(40));
    expect(world.record(KEY)?.decision).toMatchObject({ generation: 3, desired: {} });
    expect(world.record(KEY)?.decision?.override).toBe(undefined);
  });

  test('an older override does not undo a newer release', async () => {
    const world = new MemoryPorts(context(LATER));
    await learn(world);
    await tell(world, { type: 'release', id: 'r', at: atSecond(20) });
    await tell(world, { type: 'override', id: 'o', at: atSecond(10), set: { priority: 1 } });
    expect(world.record(KEY)?.decision?.override).toBe(undefined);
  });
});

describe('a message for many', () => {
  const messages = async (world: MemoryPorts, message: Parameters<typeof fanOut>[0]) => {
    world.sent.length = 0;
    await fanOut(message, world.reconcilePorts);
    return world.sent;
  };
  const filled = async () => {
    const world = new MemoryPorts(context({}));
    const contacts: [string, Partial<ContactFacts>][] = [
      ['c-1', {}],
      ['c-2', { queue: { arn: 'other', enqueuedAt: T0 } }],
      ['c-3', { connectedAt: atSecond(1) }],
    ];
    for (const [contactId, facts] of contacts) {
      const key = { ...KEY, contactId };
      await reconcile(
        key,
        (record: ContactRecord) => mergeEvent(record, { ...mergeFacts(QUEUED, QUEUED), ...facts, ...key }),
        world.configuration,
        world.reconcilePorts,
      );
    }
    world.now = atSecond(10);
    return world;
  };

  test('a signal for a queue reaches those that wait there, with what is left of its time', async () => {
    const signal = {
      type: 'queue-signal',
      id: 'e-1',
      at: T0,
      queueArn: QUEUE_ARN,
      signal: 'backlog',
      until: atSecond(70),
    } as const;
    expect(await messages(await filled(), signal)).toEqual([
      { body: { type: 'signal', id: 'e-1:c-1', signal: 'backlog', ttl: '60s', ...KEY }, delaySeconds: 0 },
    ]);
    const over = { ...signal, until: atSecond(10) };
    expect(await messages(await filled(), over)).toEqual([]);
  });

  test('a demand to look again reaches all that wait', async () => {
    const wakeAt = new Date(atSecond(10)).toISOString();
    expect(await messages(await filled(), { type: 'reevaluate' })).toEqual([
      { body: { type: 'wake', ...KEY, wakeAt }, delaySeconds: 0 },
      { body: { type: 'wake', ...KEY, contactId: 'c-2', wakeAt }, delaySeconds: 0 },
    ]);
  });
});
