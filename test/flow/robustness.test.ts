import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { mergeEvent } from '../../lambda/domain/contact/merge.ts';
import { applyMessage } from '../../lambda/domain/messages/apply-message.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import { dispatchPending } from '../../lambda/flow/dispatch/dispatch.ts';
import { reconcile } from '../../lambda/flow/reconcile.ts';
import { atSecond, context, KEY, queuedContact, T0 } from '../support/contacts.ts';
import { describeSuccess, MemoryPorts } from '../support/memory-ports.ts';

const NOW = { all: { steps: [{ after: '0s', set: { priority: 2 } }] } };
const RICH = {
  rich: {
    precedence: 1,
    match: { channel: ['VOICE'], attributes: { value: ['1'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
};
const LONG = 60_000;

async function arrive(
  world: MemoryPorts,
  contactId = 'c-1',
  facts: Partial<ContactFacts> = {},
): Promise<void> {
  const key = { ...KEY, contactId };
  const known = { ...(queuedContact().facts as ContactFacts), ...facts, ...key };
  await reconcile(key, (record) => mergeEvent(record, known), world.configuration, world.reconcilePorts);
}

async function waiting(given: PlanContext = context(NOW)): Promise<MemoryPorts> {
  const world = new MemoryPorts(given);
  world.fillQuota();
  await arrive(world);
  return world;
}

const work = (world: MemoryPorts, named = [KEY]) =>
  dispatchPending(named, world.dispatchPorts, world.now + LONG);
const priorities = (world: MemoryPorts) => world.calls.map(({ call }) => call.update.QueuePriority);
const message = (world: MemoryPorts, told: object) =>
  reconcile(
    KEY,
    (contact, now) => applyMessage(contact, { ...KEY, ...told } as never, now),
    world.configuration,
    world.reconcilePorts,
  );
const wake = (world: MemoryPorts) => message(world, { type: 'wake', wakeAt: world.now });
/** Whatever is sent fails once, as when SQS does not answer. */
function failNextSend(world: MemoryPorts): void {
  const send = world.sendRuleMessages.bind(world);
  world.sendRuleMessages = async () => {
    world.sendRuleMessages = send;
    throw new TypeError('SQS does not answer');
  };
}

describe('a contact that must be left alone is left alone', () => {
  const reasons: [string, (world: MemoryPorts) => Promise<void>][] = [
    ['paused', (world) => arrive(world, 'c-1', { pausedAt: atSecond(5) })],
    [
      'of another Region',
      (world) => arrive(world, 'c-1', { activeRegion: { at: atSecond(5), value: 'us-east-1' } }),
    ],
    [
      'of an instance that is not served any more',
      async (world) => {
        world.configuration = context(NOW, { instances: ['i-2'] });
        await wake(world);
      },
    ],
  ];

  test.each(reasons)('%s: what an override did is not undone now', async (_name, happens) => {
    const world = await waiting(context({}));
    await message(world, { type: 'override', id: 'o', at: T0, set: { priority: 1 } });
    await work(world);
    await happens(world);
    await work(world);
    expect(priorities(world)).toEqual([1]);
    expect(world.record(KEY)?.status?.baseline).toEqual({ priority: 5, ageSeconds: 0 });
  });

  test.each([
    ...reasons,
    [
      'whose policy only observes now',
      async (world: MemoryPorts) => {
        world.configuration = context({ all: { ...NOW.all, mode: 'observe' } });
        await wake(world);
      },
    ] as const,
    [
      'whose policy was deleted',
      async (world: MemoryPorts) => {
        world.configuration = context({});
        await wake(world);
      },
    ] as const,
  ])('%s: a call of unknown outcome is not made again', async (_name, happens) => {
    const world = await waiting();
    world.updateResult = () => ({ kind: 'unknown', message: 'timeout' });
    await work(world);
    world.now = atSecond(10);
    await happens(world);
    await work(world);
    expect(priorities(world)).toEqual([2]);
  });

  test('that left while Connect was asked about it costs no call', async () => {
    const world = await waiting();
    world.describeResult = () => describeSuccess({ routing: {}, attributes: {} });
    const describe = world.describe.bind(world);
    world.describe = async (key) => {
      await arrive(world, 'c-1', { connectedAt: atSecond(1) });
      return describe(key);
    };
    expect(await work(world)).toBe('empty');
    expect(world.calls).toEqual([]);
  });
});

describe('what fails for one contact harms no other', () => {
  test('a call that throws', async () => {
    const world = await waiting();
    await arrive(world, 'c-2');
    world.updateResult = ({ contactId }) => {
      if (contactId === 'c-1') throw new RangeError('poison');
      return { kind: 'done' };
    };
    expect(await work(world)).toBe('empty');
    expect(world.record({ ...KEY, contactId: 'c-2' })?.status?.applied.priority).toBe(2);
    expect(world.telemetryLog).toContain('failed c-1: RangeError: poison');
    world.updateResult = () => ({ kind: 'done' });
    world.now += 5_000;
    await work(world, []);
    expect(world.record(KEY)?.status?.applied.priority).toBe(2);
  });

  test('contacts that Connect does not answer about leave the places to the others', async () => {
    const world = new MemoryPorts(
      context({
        ...RICH,
        aged: { match: { channel: ['CHAT'] }, steps: [{ after: '0s', set: { age: '5m' } }] },
      }),
    );
    world.fillQuota();
    for (let index = 0; index < 10; index++) await arrive(world, `voice-${index}`);
    world.now = atSecond(1);
    await arrive(world, 'chat', { channel: 'CHAT' });
    world.describeResult = () => ({ kind: 'throttled', message: 'no' });
    await work(world, []);
    expect(world.calls.map(({ contactId }) => contactId)).toEqual(['chat']);
  });
});

describe('nothing is lost between two steps', () => {
  test('attributes were written and the wake-up was not sent', async () => {
    const world = await waiting(context(RICH));
    world.describeResult = () => describeSuccess({ routing: {}, attributes: { value: '1' } });
    failNextSend(world);
    await work(world);
    expect(world.record(KEY)?.attributes?.values).toEqual({ value: '1' });
    world.now += 5_000;
    const sent = world.sent.length;
    await work(world, []);
    expect(world.sent.length).toBe(sent + 1);
    await wake(world);
    await work(world);
    expect(priorities(world)).toEqual([1]);
  });

  test('the outcome was unknown and the wake-up was not sent', async () => {
    const world = await waiting();
    world.updateResult = () => ({ kind: 'unknown', message: 'timeout' });
    failNextSend(world);
    await work(world);
    world.updateResult = () => ({ kind: 'done' });
    world.now += 5_000;
    await work(world, []);
    expect(priorities(world)).toEqual([2, 2]);
  });

  test('a timer rang before the record said so', async () => {
    const soon = context({ all: { steps: [{ after: '1s', set: { priority: 2 } }] } });
    const world = new MemoryPorts(soon);
    let stalls = true;
    world.beforeSave = () => {
      if (stalls) world.now += 5_000;
      stalls = false;
    };
    await arrive(world);
    expect(world.record(KEY)?.decision?.desired).toEqual({ priority: 2 });
    expect(world.dispatchNotifications.length).toBe(1);
  });

  test('dispatch was killed after a call that must not be made twice', async () => {
    const aged = context(
      { all: { steps: [{ after: '0s', set: { age: '5m' } }] } },
      { ageAdjustment: 'incremental', checkBeforeFirstChange: false },
    );
    const world = await waiting(aged);
    let killed = true;
    world.updateResult = () => {
      if (killed) throw new TypeError('killed');
      return { kind: 'done' };
    };
    await work(world);
    killed = false;
    world.now += 5_000;
    world.describeResult = () => describeSuccess({ routing: { ageSeconds: 300 }, attributes: {} });
    await work(world);
    expect(world.calls.length).toBe(1);
    expect(world.record(KEY)?.status).toMatchObject({ applied: { ageSeconds: 300 } });
  });
});

describe('an answer is true of what was asked', () => {
  const answeredWhile = async (happens: (world: MemoryPorts) => Promise<void>, given = context(RICH)) => {
    const world = await waiting(given);
    world.describe = async () => {
      await happens(world);
      return describeSuccess({ routing: { priority: 1 }, attributes: { value: '0' } });
    };
    await work(world);
    return world.record(KEY);
  };

  test('attributes that changed meanwhile are not known', async () => {
    const record = await answeredWhile((world) => arrive(world, 'c-1', { attributesChangedAt: atSecond(1) }));
    expect(record?.attributes?.changedAt).toBe(0);
  });

  test('what was in force in one queue is not taken for what is in another', async () => {
    const queue = { arn: 'arn:other', enqueuedAt: atSecond(1) };
    const record = await answeredWhile((world) => arrive(world, 'c-1', { queue }), context(NOW));
    expect(record?.status?.queueVisit).toBe(`arn:other@${atSecond(1)}`);
    expect(record?.status?.applied).not.toMatchObject({ priority: 1 });
  });

  test('attributes that are known stay known when only the routing is asked for', async () => {
    const world = await waiting(context(RICH));
    world.describeResult = () => describeSuccess({ routing: {}, attributes: { value: '1' } });
    await work(world);
    await arrive(world, 'c-1', { queue: { arn: 'arn:other', enqueuedAt: atSecond(1) } });
    await work(world);
    expect(world.record(KEY)?.attributes?.values).toEqual({ value: '1' });
  });
});

describe('a contact that is moved between the question and the call', () => {
  const MOVED = { queue: { arn: 'arn:other', enqueuedAt: atSecond(1) } };
  const isMoved = (world: MemoryPorts) => world.record(KEY)?.facts?.queue?.arn === MOVED.queue.arn;
  /** Tokens for the call are taken after the question and before the announcement. */
  function moveBeforeCall(world: MemoryPorts): void {
    const save = world.saveQuota.bind(world);
    world.saveQuota = async (state, revision) => {
      if (world.described.length > 0 && !isMoved(world)) await arrive(world, 'c-1', MOVED);
      return save(state, revision);
    };
    world.now = atSecond(2);
  }

  test('is asked about again, and is not lowered', async () => {
    const world = await waiting();
    world.describeResult = () =>
      describeSuccess({ routing: { priority: isMoved(world) ? 1 : 5 }, attributes: {} });
    moveBeforeCall(world);
    expect(await work(world)).toBe('empty');
    expect(world.described).toEqual(['c-1', 'c-1']);
    expect(world.calls).toEqual([]);
  });

  test('gets no age on top of one that is not known', async () => {
    const aged = { all: { steps: [{ after: '0s', set: { age: '5m' } }] } };
    const world = await waiting(context(aged, { ageAdjustment: 'incremental' }));
    const age = () => (isMoved(world) ? 300 : 0);
    world.describeResult = () => describeSuccess({ routing: { ageSeconds: age() }, attributes: {} });
    moveBeforeCall(world);
    expect(await work(world)).toBe('empty');
    expect(world.described).toEqual(['c-1', 'c-1']);
    expect(world.calls).toEqual([]);
  });
});

describe('after many calls of unknown outcome', () => {
  const afterOutage = async () => {
    const world = await waiting();
    world.updateResult = () => ({ kind: 'unknown', message: 'timeout' });
    for (let tries = 0; tries < 6; tries++) {
      await work(world);
      world.now = world.record(KEY)?.status?.retryAt ?? 0;
      await wake(world);
    }
    return world;
  };

  test('a conflict is tried again like any other', async () => {
    const world = await afterOutage();
    world.updateResult = () => ({ kind: 'conflict', message: 'busy' });
    for (let tries = 0; tries < 4; tries++) {
      await work(world);
      expect(world.record(KEY)?.status).toMatchObject({ conflicts: tries + 1 });
      world.now = world.record(KEY)?.status?.retryAt ?? 0;
      await wake(world);
    }
    world.updateResult = () => ({ kind: 'done' });
    await work(world);
    expect(world.record(KEY)?.status).toEqual({
      queueVisit: world.record(KEY)?.decision?.queueVisit,
      applied: { priority: 2, ageSeconds: 0 },
      isObserved: true,
    });
  });

  test.each([
    { kind: 'unknown', message: 'timeout' },
    { kind: 'conflict', message: 'busy' },
  ] as const)('what an operator says during one more ($kind) is not put off by it', async (outcome) => {
    const world = await afterOutage();
    const [called, began] = [world.calls.length, world.now];
    const update = world.updateRouting.bind(world);
    world.updateResult = () => ({ kind: 'done' });
    world.updateRouting = async (key, call) => {
      world.updateRouting = update;
      await update(key, call);
      await message(world, { type: 'override', id: 'o', at: world.now, set: { priority: 1 } });
      return outcome;
    };
    await work(world);
    expect(priorities(world).slice(called)).toEqual([2, 1]);
    expect(world.now - began).toBeLessThan(2_500);
  });
});

test('an operator does not wait for the failed tries of another wish', async () => {
  const world = await waiting();
  world.updateResult = () => ({ kind: 'conflict', message: 'busy' });
  for (let tries = 0; tries < 4; tries++) {
    await work(world);
    world.now = (world.record(KEY)?.status?.retryAt ?? 0) + (tries < 3 ? 0 : -5_000);
    if (tries < 3) await wake(world);
  }
  await message(world, { type: 'override', id: 'o', at: world.now, set: { priority: 1 } });
  expect(world.record(KEY)?.status).not.toHaveProperty('retryAt');
  await work(world);
  expect(world.record(KEY)?.status).toMatchObject({ attempts: 1 });
});

test('a contact keeps its latest 64 signals', async () => {
  const world = new MemoryPorts(context({}));
  for (let index = 0; index < 80; index++) {
    await message(world, { type: 'signal', id: `s-${index}`, at: T0 + index, signal: `n-${index}` });
  }
  const names = Object.keys(world.record(KEY)?.signals ?? {});
  expect(names.length).toBe(64);
  expect(names).toEqual(expect.arrayContaining(['n-79', 'n-16']));
});
