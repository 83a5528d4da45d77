import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { mergeEvent } from '../../../lambda/domain/contact/merge.ts';
import { applyMessage } from '../../../lambda/domain/messages/apply-message.ts';
import type { PlanContext } from '../../../lambda/domain/reconcile/plan.ts';
import type { UpdateResult } from '../../../lambda/domain/reconcile/update-result.ts';
import type { RoutingUpdate } from '../../../lambda/domain/routing/routing.ts';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { reconcile } from '../../../lambda/flow/reconcile.ts';
import { atSecond, context, KEY, queuedContact, T0 } from '../../support/contacts.ts';
import { describeSuccess, MemoryPorts } from '../../support/memory-ports.ts';

const NOW = { all: { steps: [{ after: '0s', set: { priority: 2 } }] } };
const TWO_STEPS = {
  all: {
    steps: [
      { after: '0s', set: { priority: 3 } },
      { after: '60s', set: { priority: 1 } },
    ],
  },
};
const BY_TIER = {
  gold: {
    precedence: 1,
    match: { tags: { tier: ['gold'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
  others: { steps: [{ after: '0s', set: { priority: 3 } }] },
};

async function arrive(
  world: MemoryPorts,
  contactId = 'c-1',
  facts: Partial<ContactFacts> = {},
): Promise<void> {
  const key = { ...KEY, contactId };
  const known = { ...(queuedContact().facts as ContactFacts), ...facts, ...key };
  await reconcile(key, (record) => mergeEvent(record, known), world.configuration, world.reconcilePorts);
}

/** A world with one contact whose change is due, and full buckets. */
async function waiting(
  given: PlanContext = context(NOW),
  facts: Partial<ContactFacts> = {},
): Promise<MemoryPorts> {
  const world = new MemoryPorts(given);
  world.fillQuota();
  await arrive(world, 'c-1', facts);
  return world;
}

/** Time for as many rounds as it takes, and a bound that a drain that never ends would run into. */
const LONG = 60_000;
const work = (world: MemoryPorts, named = [KEY]) =>
  dispatchPending(named, world.dispatchPorts, world.now + LONG);
const updates = (world: MemoryPorts): RoutingUpdate[] => world.calls.map(({ call }) => call.update);
const record = (world: MemoryPorts) => world.record(KEY);
const message = (world: MemoryPorts, told: object) =>
  reconcile(
    KEY,
    (contact, now) => applyMessage(contact, { ...KEY, ...told } as never, now),
    world.configuration,
    world.reconcilePorts,
  );
/** Delivers the wake-ups that were sent last, as they fall due. */
async function wakeUp(world: MemoryPorts): Promise<void> {
  const { delaySeconds, body } = world.sent.at(-1) ?? { delaySeconds: 0, body: {} };
  world.now += delaySeconds * 1_000;
  await message(world, { type: 'wake', wakeAt: Date.parse(String(body.wakeAt)) });
}

describe('dispatch', () => {
  test('makes the call that is due, once, and records it', async () => {
    const world = await waiting();
    world.now = atSecond(0.4);
    expect(await work(world)).toBe('empty');
    expect(updates(world)).toEqual([{ QueuePriority: 2 }]);
    expect(record(world)?.status).toEqual({
      queueVisit: record(world)?.decision?.queueVisit,
      applied: { priority: 2, ageSeconds: 0 },
      isObserved: true,
    });
    expect(world.telemetryLog).toEqual(['applied 400 ms late']);
    expect(await work(world)).toBe('empty');
    expect(world.calls.length).toBe(1);
  });

  test('finds the work in the index, whoever was named', async () => {
    const world = await waiting();
    expect(await dispatchPending([], world.dispatchPorts, world.now + LONG)).toBe('empty');
    expect(updates(world)).toEqual([{ QueuePriority: 2 }]);
  });

  test('finds the contact that was named though the index does not show it yet', async () => {
    const world = await waiting();
    world.pending = async () => [];
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 2 }]);
  });

  test('does not trust an index that still shows what was done', async () => {
    const world = await waiting();
    world.pending = async () => [KEY];
    expect(await work(world)).toBe('empty');
    expect(world.calls.length).toBe(1);
  });

  test('gets to the end of a long backlog from one message, though the index lags', async () => {
    const world = new MemoryPorts(context(NOW, { checkBeforeFirstChange: false }));
    for (let index = 0; index < 60; index++) await arrive(world, `c-${String(index).padStart(2, '0')}`);
    // The index shows for a second and a half what was pending then.
    const snapshots: { at: number; keys: Awaited<ReturnType<MemoryPorts['pending']>> }[] = [];
    const upToDate = world.pending.bind(world);
    world.pending = async (instanceId, limit) => {
      snapshots.push({ at: world.now, keys: await upToDate(instanceId, Number.POSITIVE_INFINITY) });
      const shown = snapshots.findLast(({ at }) => at <= world.now - 1_500) ?? snapshots[0];
      return (shown?.keys ?? []).slice(0, limit);
    };
    expect(
      await dispatchPending([{ ...KEY, contactId: 'c-00' }], world.dispatchPorts, world.now + LONG),
    ).toBe('empty');
    expect(new Set(world.calls.map(({ contactId }) => contactId)).size).toBe(60);
    expect(world.calls.length).toBe(60);
  });

  test('makes at once what an operator says of a contact that was served a moment ago, with a long backlog', async () => {
    const world = new MemoryPorts(context(NOW, { checkBeforeFirstChange: false }));
    for (let index = 0; index < 100; index++) await arrive(world, `c-${index}`);
    world.updateResult = () => {
      // Told with the tenth call, which is another contact's.
      if (world.calls.length === 10) override = overrideOf(world.calls[0]?.contactId ?? '');
      return { kind: 'done' };
    };
    let override: Promise<unknown> | undefined;
    const overrideOf = (contactId: string) =>
      reconcile(
        { ...KEY, contactId },
        (contact, now) =>
          applyMessage(
            contact,
            { ...KEY, contactId, type: 'override', id: 'o', at: now, set: { priority: 1 } },
            now,
          ),
        world.configuration,
        world.reconcilePorts,
      );
    await dispatchPending([], world.dispatchPorts, world.now + LONG);
    await override;
    const [first, tenth] = [world.calls[0], world.calls[9]];
    const overriding = world.calls.filter(({ contactId }) => contactId === first?.contactId)[1];
    expect(overriding?.call.update).toEqual({ QueuePriority: 1 });
    expect((overriding?.at ?? 0) - (tenth?.at ?? 0)).toBeLessThan(200);
    expect(world.calls.length).toBe(101);
  });

  test('takes the most urgent first, then the longest overdue', async () => {
    const world = new MemoryPorts(context(BY_TIER));
    const gold = { tags: { at: T0, value: { tier: 'gold' } } };
    const arrivals: [string, number, Partial<ContactFacts>][] = [
      ['late', 3, {}],
      ['gold-2', 2, gold],
      ['early', 1, {}],
      ['gold-1', 0, gold],
    ];
    world.now = atSecond(5);
    for (const [contactId, second, facts] of arrivals) {
      const queue = { arn: 'arn:q', enqueuedAt: atSecond(second) };
      await arrive(world, contactId, { ...facts, queue });
    }
    await dispatchPending([], world.dispatchPorts, world.now + LONG);
    expect(world.calls.map(({ contactId }) => contactId)).toEqual(['gold-1', 'gold-2', 'early', 'late']);
  });

  test('keeps the pace of the quota from an empty bucket on', async () => {
    const world = new MemoryPorts(context(NOW, { checkBeforeFirstChange: false }));
    for (let index = 0; index < 100; index++) await arrive(world, `c-${index}`);
    expect(await dispatchPending([], world.dispatchPorts, world.now + LONG)).toBe('empty');
    expect(world.calls.length).toBe(100);
    const times = world.calls.map(({ at }) => at);
    for (const [index, at] of times.entries()) {
      expect(index + 1).toBeLessThanOrEqual((18 * (at - T0)) / 1_000 + 1e-6);
    }
    // 100 calls at 18 a second; waiting for whole milliseconds may cost a little.
    expect((times.at(-1) ?? 0) - T0).toBeLessThan(6_000);
  });

  test('a contact that left while its change waited costs no call', async () => {
    const world = await waiting();
    await arrive(world, 'c-1', { disconnectedAt: atSecond(1) });
    expect(await work(world)).toBe('empty');
    expect(world.calls).toEqual([]);
    expect(world.described).toEqual([]);
  });

  test('a change that was overtaken is never sent', async () => {
    const world = await waiting(
      context({ all: { steps: [...NOW.all.steps, { after: '10s', set: { priority: 1 } }] } }),
    );
    world.now = atSecond(10);
    await wakeUp(world);
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 1 }]);
  });

  test('a change that would get there after its next step waits for the look at that, and is never sent', async () => {
    const world = await waiting(context(TWO_STEPS));
    world.now = atSecond(60) - 200;
    expect(await work(world)).toBe('empty');
    expect(updates(world)).toEqual([]);

    world.now = atSecond(61);
    await message(world, { type: 'wake', wakeAt: atSecond(60) });
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 1 }]);
  });

  test('a look that does not come within five seconds is not waited for', async () => {
    const world = await waiting(context(TWO_STEPS));
    world.now = atSecond(65);
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 3 }]);
  });

  test('priority and age that both change go out in two calls', async () => {
    const world = await waiting(
      context(
        { all: { allowLower: true, steps: [{ after: '0s', set: { age: '5m' } }] } },
        { checkBeforeFirstChange: false },
      ),
    );
    await work(world);
    await message(world, { type: 'override', id: 'o', at: world.now, set: { priority: 1 } });
    await work(world);
    expect(updates(world)).toEqual([{ QueueTimeAdjustmentSeconds: 300 }, { QueuePriority: 1 }]);
  });

  test('when the time is up the rest stays pending and dispatch is told to go on', async () => {
    const world = await waiting();
    world.dispatchNotifications.length = 0;
    expect(await dispatchPending([KEY], world.dispatchPorts, world.now)).toBe('time-up');
    expect(world.calls).toEqual([]);
    expect(world.dispatchNotifications).toEqual([{ ...KEY, distinct: `time-up@${world.now}` }]);
  });

  test('while the kill switch is on nothing is called and everything stays pending', async () => {
    const world = await waiting(context(NOW, { pause: true }));
    expect(await work(world)).toBe('paused');
    expect([world.calls, world.described]).toEqual([[], []]);
    world.configuration = context(NOW);
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 2 }]);
  });

  test('a policy that observes calls nothing', async () => {
    const world = await waiting(context({ all: { ...NOW.all, mode: 'observe' } }));
    expect(await work(world)).toBe('empty');
    expect(world.calls).toEqual([]);
    expect(record(world)?.decision).toMatchObject({ mode: 'observe', desired: { priority: 2 } });
  });
});

describe('before the first change Connect is asked what is in force', () => {
  test('what a flow has set holds the ratchet', async () => {
    const world = await waiting();
    world.describeResult = () => describeSuccess({ routing: { priority: 1 }, attributes: {} });
    expect(await work(world)).toBe('empty');
    expect(world.calls).toEqual([]);
    expect(record(world)?.status).toMatchObject({
      isObserved: true,
      applied: { priority: 1, ageSeconds: 0 },
    });
  });

  test('a contact that has left by then is not called', async () => {
    const world = await waiting();
    world.describeResult = () =>
      describeSuccess({ routing: {}, attributes: {}, disconnectedAt: atSecond(1) });
    await work(world);
    expect(world.calls).toEqual([]);
    expect(record(world)?.facts?.disconnectedAt).toBe(atSecond(1));
  });

  test('it is asked once', async () => {
    const world = await waiting(
      context({ all: { steps: [...NOW.all.steps, { after: '10s', set: { priority: 1 } }] } }),
    );
    await work(world);
    world.now = atSecond(10);
    await wakeUp(world);
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 1 }]);
    expect(world.described).toEqual(['c-1']);
  });

  test.each(['throttled', 'unknown'] as const)(
    'where the answer is %s the change goes out without it',
    async (kind) => {
      const world = await waiting();
      world.describeResult = () => ({ kind, message: 'no' });
      await work(world);
      expect(updates(world)).toEqual([{ QueuePriority: 2 }]);
    },
  );

  test('what was only assumed does not outlive a call that changed nothing: Connect is asked once it can be', async () => {
    const world = await waiting();
    world.describeResult = () => ({ kind: 'throttled', message: 'no' });
    const answers: UpdateResult[] = [{ kind: 'throttled' }];
    world.updateResult = () => answers.pop() ?? { kind: 'done' };
    expect(await dispatchPending([KEY], world.dispatchPorts, world.now + 50)).toBe('time-up');
    expect(record(world)?.status).toMatchObject({ isObserved: false, applied: {} });
    world.describeResult = () => describeSuccess({ routing: { priority: 1 }, attributes: {} });
    world.now += 30_000;
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 2 }]);
    expect(record(world)?.status).toMatchObject({ isObserved: true, applied: { priority: 1 } });
  });

  test('where the budget for asking is spent the change goes out without it', async () => {
    const world = new MemoryPorts(context(NOW, { describeBurst: 1, describeRate: 0.001 }));
    world.fillQuota(1);
    await arrive(world, 'c-1');
    await arrive(world, 'c-2');
    await dispatchPending([], world.dispatchPorts, world.now + LONG);
    expect(world.described).toEqual(['c-1']);
    expect(updates(world)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 2 }]);
  });

  test('a contact that is not found is closed', async () => {
    const world = await waiting();
    world.describeResult = () => ({ kind: 'gone', message: 'not found' });
    expect(await work(world)).toBe('empty');
    expect(world.calls).toEqual([]);
    expect(record(world)?.closedAt).toBe(world.now);
    expect(world.telemetryLog).toEqual(['closed c-1: not found']);
  });
});

describe('attributes that a policy needs', () => {
  const rich = {
    rich: {
      match: { attributes: { value: [{ prefix: '1' }] } },
      steps: [{ after: '0s', set: { priority: 1 } }],
    },
  };

  test('are fetched, only those that policies mention are kept, and the contact is decided afresh', async () => {
    const world = await waiting(context(rich));
    world.describeResult = () =>
      describeSuccess({ routing: {}, attributes: { value: '120', phone: '+4930123456' } });
    expect(await work(world)).toBe('empty');
    expect(record(world)?.attributes).toEqual({ changedAt: 0, names: ['value'], values: { value: '120' } });
    expect(world.calls).toEqual([]);
    await wakeUp(world);
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 1 }]);
    expect(world.described).toEqual(['c-1']);
  });

  test('are asked for again after a while where Connect does not answer, and nobody waits for that', async () => {
    const world = await waiting(context(rich));
    world.describeResult = () => ({ kind: 'unknown', message: 'no' });
    expect(await work(world)).toBe('empty');
    expect(world.described).toEqual(['c-1']);
    expect(world.sent.at(-1)?.delaySeconds).toBe(1);
    world.describeResult = () => describeSuccess({ routing: {}, attributes: { value: '120' } });
    await wakeUp(world);
    await work(world);
    await wakeUp(world);
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 1 }]);
  });

  test('are waited for where the budget for asking is spent', async () => {
    const world = await waiting(context(rich));
    world.fillQuota(0);
    await work(world);
    expect(world.described).toEqual(['c-1']);
    expect(world.now).toBeGreaterThan(T0);
  });
});

describe('what comes of a call', () => {
  const answers =
    (...outcomes: UpdateResult[]) =>
    () =>
      outcomes.shift() ?? { kind: 'done' };

  test('throttled: it stays pending, dispatch slows down and tries again', async () => {
    const world = await waiting();
    world.updateResult = answers({ kind: 'throttled' });
    expect(await work(world)).toBe('empty');
    expect(updates(world)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 2 }]);
    expect((world.calls[1]?.at ?? 0) - T0).toBeGreaterThanOrEqual(100);
    expect(world.telemetryLog[0]).toBe('throttled');
  });

  test('unknown: it is made again after a while, though it may have been applied', async () => {
    const world = await waiting();
    world.updateResult = answers({ kind: 'unknown', message: 'timeout' });
    expect(await work(world)).toBe('empty');
    expect(world.calls.length).toBe(1);
    expect(record(world)?.status).toMatchObject({
      unconfirmed: ['priority'],
      attempts: 1,
      retryAt: T0 + 1_000,
    });
    expect(world.items.get('i-1#c-1')?.entries.pending?.sortKey).toBe(undefined);
    await wakeUp(world);
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 2 }]);
    expect(world.calls[1]?.call.generation).toBe(world.calls[0]?.call.generation);
    expect(record(world)?.status).toEqual({
      queueVisit: record(world)?.decision?.queueVisit,
      applied: { priority: 2, ageSeconds: 0 },
      isObserved: true,
    });
  });

  test('unknown, where ages add up: Connect is asked before the age is sent again', async () => {
    const aged = context(
      { all: { steps: [{ after: '0s', set: { age: '5m' } }] } },
      { ageAdjustment: 'incremental' },
    );
    const world = await waiting(aged);
    world.updateResult = answers({ kind: 'unknown', message: 'timeout' });
    await work(world);
    world.describeResult = () => describeSuccess({ routing: { ageSeconds: 300 }, attributes: {} });
    await wakeUp(world);
    expect(await work(world)).toBe('empty');
    expect(updates(world)).toEqual([{ QueueTimeAdjustmentSeconds: 300 }]);
    expect(world.described).toEqual(['c-1', 'c-1']);
  });

  test('conflict: it is tried again a few times, each after a longer while, then given up until something else is wanted', async () => {
    const world = await waiting();
    world.updateResult = () => ({ kind: 'conflict', message: 'busy' });
    const waits: number[] = [];
    for (let tries = 0; tries < 4; tries++) {
      await work(world);
      waits.push((record(world)?.status?.retryAt ?? 0) - world.now);
      await wakeUp(world);
    }
    await work(world);
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(world.telemetryLog).toEqual(['refused c-1: busy']);
    await work(world);
    expect(world.calls.length).toBe(5);
  });

  test('gone: the contact is closed for us', async () => {
    const world = await waiting();
    world.updateResult = answers({ kind: 'gone', message: 'not found' });
    expect(await work(world)).toBe('empty');
    expect(record(world)?.closedAt).toBe(T0);
    await arrive(world, 'c-1', { connectedAt: T0 - 1 });
    expect(await work(world)).toBe('empty');
    expect(world.calls.length).toBe(1);
  });

  test('invalid: it is recorded with its request and not tried again until something else is wanted', async () => {
    const world = await waiting();
    world.updateResult = answers({ kind: 'invalid', message: 'bad' });
    expect(await work(world)).toBe('empty');
    expect(record(world)?.status?.rejected).toEqual({
      at: T0,
      generation: 1,
      request: { QueuePriority: 2 },
      message: 'bad',
    });
    expect(world.telemetryLog).toEqual(['refused c-1: bad']);
    await work(world);
    expect(world.calls.length).toBe(1);
    await message(world, { type: 'override', id: 'o', at: T0, set: { priority: 1 } });
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 2 }, { QueuePriority: 1 }]);
  });

  test('denied: dispatch stops at once, everything stays pending, and it looks again in a minute', async () => {
    const world = await waiting();
    world.updateResult = answers({ kind: 'denied', message: 'no permission' });
    expect(await work(world)).toBe('denied');
    expect(world.telemetryLog).toEqual(['denied: no permission']);
    expect(world.items.get('i-1#c-1')?.entries.pending?.sortKey).toBe(
      `0000000000000002#${String(T0).padStart(14, '0')}`,
    );
    expect(world.sent.at(-1)).toEqual({
      body: { type: 'wake', ...KEY, wakeAt: new Date(T0 + 60_000).toISOString() },
      delaySeconds: 60,
    });
    world.dispatchNotifications.length = 0;
    await wakeUp(world);
    expect(world.dispatchNotifications.length).toBe(1);
    await work(world);
    expect(world.telemetryLog).toEqual(['denied: no permission', 'applied 60000 ms late']);
  });

  test('what others learned while the call was under way is kept', async () => {
    const world = await waiting();
    world.updateResult = () => {
      const stored = world.items.get('i-1#c-1');
      if (!stored) throw new TypeError('unforeseen');
      const told = applyMessage(
        stored.record,
        { type: 'signal', ...KEY, id: 's', at: T0, signal: 'vip' },
        T0,
      );
      world.items.set('i-1#c-1', { ...stored, record: told, revision: stored.revision + 1 });
      return { kind: 'done' };
    };
    await work(world);
    expect(record(world)).toMatchObject({
      signals: { vip: { at: T0 } },
      status: { isObserved: true, applied: { priority: 2 } },
    });
  });
});

describe('an override', () => {
  const steps = [
    { after: '0s', set: { priority: 4 } },
    { after: '60s', set: { priority: 3 } },
  ];

  test('lowers if it says so, and when it is released the contact gets what its policy wants by then', async () => {
    const world = await waiting(context({ all: { steps } }));
    await work(world);
    await message(world, { type: 'override', id: 'o', at: T0, set: { priority: 8 } });
    await work(world);
    world.now = atSecond(60);
    await wakeUp(world);
    await work(world);
    await message(world, { type: 'release', id: 'r', at: atSecond(61) });
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 4 }, { QueuePriority: 8 }, { QueuePriority: 3 }]);
    expect(record(world)?.status?.baseline).toBe(undefined);
  });

  test('released where no policy governs gives back what was before', async () => {
    const world = await waiting(context({}));
    world.describeResult = () => describeSuccess({ routing: { priority: 6 }, attributes: {} });
    await message(world, { type: 'override', id: 'o', at: T0, set: { priority: 1 } });
    await work(world);
    await message(world, { type: 'release', id: 'r', at: atSecond(1) });
    await work(world);
    expect(updates(world)).toEqual([{ QueuePriority: 1 }, { QueuePriority: 6 }]);
  });

  test('whose end Connect refused is made up for once something else is wanted', async () => {
    const world = await waiting(context({ all: { steps: [{ after: '60s', set: { priority: 3 } }] } }));
    await message(world, { type: 'override', id: 'o', at: world.now, set: { priority: 1 } });
    await work(world);
    world.updateResult = () => ({ kind: 'invalid', message: 'no' });
    await message(world, { type: 'release', id: 'r', at: world.now });
    await work(world);
    world.updateResult = () => ({ kind: 'done' });
    for (const second of [30, 61]) {
      world.now = atSecond(second);
      await message(world, { type: 'wake', wakeAt: world.now });
      await work(world);
    }
    expect(updates(world)).toEqual([{ QueuePriority: 1 }, { QueuePriority: 5 }, { QueuePriority: 3 }]);
    expect(record(world)?.status).not.toHaveProperty('beforeOverride');
  });

  test('given again after its release is a change of its own', async () => {
    const world = await waiting(context({}));
    for (const id of ['a', 'b']) {
      world.now += 1_000;
      await message(world, { type: 'override', id, at: world.now, set: { priority: 1 } });
      await work(world);
      await message(world, { type: 'release', id: `${id}-r`, at: world.now });
      await work(world);
    }
    expect(updates(world).map(({ QueuePriority }) => QueuePriority)).toEqual([1, 5, 1, 5]);
    const identities = world.calls.map(({ call }) => `${call.generation}:${call.update.QueuePriority}`);
    expect(new Set(identities).size).toBe(4);
  });
});
