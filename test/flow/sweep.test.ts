import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { mergeEvent } from '../../lambda/domain/contact/merge.ts';
import { applyMessage } from '../../lambda/domain/messages/apply-message.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import { dispatchPending } from '../../lambda/flow/dispatch/dispatch.ts';
import type { OutgoingMessage } from '../../lambda/flow/ports.ts';
import { reconcile } from '../../lambda/flow/reconcile.ts';
import { RESYNC_SWEEPS, sweep } from '../../lambda/flow/sweep.ts';
import { seededRandom } from '../../sim/random.ts';
import { atSecond, context, KEY, queuedContact, T0 } from '../support/contacts.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const NOW = { all: { steps: [{ after: '0s', set: { priority: 2 } }] } };
const LATER = { all: { steps: [{ after: '90s', set: { priority: 2 } }] } };

async function arrive(world: MemoryPorts, contactId = 'c-1'): Promise<void> {
  const key = { ...KEY, contactId };
  const facts = { ...(queuedContact().facts as ContactFacts), ...key };
  await reconcile(key, (record) => mergeEvent(record, facts), world.configuration, world.reconcilePorts);
}

/** Contacts that wait, whose wake-ups and kicks were all lost. */
async function forgotten(given: PlanContext, ...contactIds: string[]): Promise<MemoryPorts> {
  const world = new MemoryPorts(given);
  world.fillQuota();
  for (const contactId of contactIds) await arrive(world, contactId);
  lose(world);
  return world;
}

function lose(world: MemoryPorts): void {
  world.sent.length = 0;
  world.dispatchNotifications.length = 0;
}

/** Sweeps, and returns what that told. Which half is done first does not matter. */
async function swept(world: MemoryPorts): Promise<string[]> {
  world.telemetryLog.length = 0;
  await sweep(world.sweepPorts);
  return world.telemetryLog.sort();
}

const receive = async (world: MemoryPorts, { body }: OutgoingMessage) => {
  const message = { ...body, wakeAt: Date.parse(String(body.wakeAt)) } as never as { contactId: string };
  await reconcile(
    { ...KEY, contactId: message.contactId },
    (record, now) => applyMessage(record, message as never, now),
    world.configuration,
    world.reconcilePorts,
  );
};
const wakeUps = (world: MemoryPorts) =>
  world.sent.map(({ body, delaySeconds }) => [body.contactId, delaySeconds]);
const dispatch = (world: MemoryPorts) =>
  dispatchPending(world.dispatchNotifications.splice(0), world.dispatchPorts, world.now + 60_000);

describe('a lost wake-up', () => {
  test('counts as lost half a minute after its time, and is made good', async () => {
    const world = await forgotten(context(LATER), 'c-1');
    world.now = atSecond(120);
    expect(await swept(world)).toEqual(['0 of 1 overdue', 'oldest pending 0 s']);
    expect(world.sent).toEqual([]);
    world.now = atSecond(121);
    expect(await swept(world)).toEqual(['1 of 1 overdue', 'oldest pending 0 s']);
    expect(world.sent).toEqual([
      { body: { type: 'wake', ...KEY, wakeAt: new Date(atSecond(121)).toISOString() }, delaySeconds: 0 },
    ]);
    await receive(world, world.sent[0] as OutgoingMessage);
    await dispatch(world);
    expect(world.calls.map(({ call }) => call.update)).toEqual([{ QueuePriority: 2 }]);
  });

  test('that should have led to another try of a call is made good, though a later one is under way', async () => {
    const world = await forgotten(
      context({ all: { steps: [...NOW.all.steps, { after: '1h', set: { priority: 1 } }] } }),
      'c-1',
    );
    world.updateResult = () => ({ kind: 'unknown', message: 'timeout' });
    await dispatchPending([KEY], world.dispatchPorts, world.now + 60_000);
    world.updateResult = () => ({ kind: 'done' });
    lose(world);
    world.now = atSecond(40);
    await sweep(world.sweepPorts);
    expect(world.dispatchNotifications).toEqual([]);
    expect(wakeUps(world)).toEqual([['c-1', 0]]);
    await receive(world, world.sent[0] as OutgoingMessage);
    await dispatch(world);
    expect(world.record(KEY)?.status?.applied.priority).toBe(2);
  });

  test('of a contact that has left is not missed', async () => {
    const world = await forgotten(context(LATER), 'c-1');
    await reconcile(
      KEY,
      (record) =>
        mergeEvent(record, { ...(queuedContact().facts as ContactFacts), connectedAt: atSecond(9) }),
      world.configuration,
      world.reconcilePorts,
    );
    world.now = atSecond(600);
    expect(await swept(world)).toEqual(['0 of 0 overdue', 'oldest pending 0 s']);
    expect(world.sent).toEqual([]);
  });

  test('found by two sweeps at once leads to two looks and one call', async () => {
    const world = await forgotten(context(LATER), 'c-1');
    world.now = atSecond(130);
    await Promise.all([sweep(world.sweepPorts), sweep(world.sweepPorts)]);
    expect(wakeUps(world)).toEqual([
      ['c-1', 0],
      ['c-1', 0],
    ]);
    for (const message of world.sent.splice(0)) await receive(world, message);
    await dispatch(world);
    expect(world.calls.length).toBe(1);
    world.now = atSecond(190);
    await sweep(world.sweepPorts);
    expect(world.sent).toEqual([]);
  });
});

test('thousands of lost wake-ups are spread over the minute, and the rest is found by the next sweep', async () => {
  const ids = Array.from({ length: 3_200 }, (_, index) => `c-${index}`);
  const world = await forgotten(context(LATER), ...ids);
  world.now = atSecond(150);
  expect(await swept(world)).toContain('3200 of 3200 overdue');
  const bySecond = Map.groupBy(world.sent, ({ delaySeconds }) => delaySeconds);
  expect([...bySecond.keys()]).toEqual(Array.from({ length: 60 }, (_, second) => second));
  expect([...bySecond.values()].every((messages) => messages.length === 50)).toBe(true);
  for (const message of world.sent.splice(0)) await receive(world, message);
  world.now = atSecond(210);
  await sweep(world.sweepPorts);
  // Others that have their turn come along.
  const found = wakeUps(world).map(([id]) => id);
  expect(ids.slice(3_000).filter((id) => !found.includes(id))).toEqual([]);
});

test('each contact that waits has its turn once in fifteen sweeps, though it asked for nothing', async () => {
  const ids = Array.from({ length: 300 }, (_, index) => `c-${index}`);
  const world = await forgotten(context({}), ...ids);
  const looks: number[] = [];
  for (let minute = 0; minute < RESYNC_SWEEPS; minute++) {
    world.now = atSecond(60 * minute);
    looks.push(world.sent.length);
    await sweep(world.sweepPorts);
  }
  expect(
    wakeUps(world)
      .map(([id]) => id)
      .sort(),
  ).toEqual(ids.toSorted());
  const mostAtATime = Math.max(...looks.map((sent, at) => (looks[at + 1] ?? world.sent.length) - sent));
  expect(mostAtATime).toBeLessThan(40);
});

describe('a lost kick', () => {
  const LEVELS = {
    gold: {
      precedence: 1,
      match: { contactId: [{ prefix: 'gold' }] },
      steps: [{ after: '0s', set: { priority: 1 } }],
    },
    ...NOW,
  };

  test('is made good by one for the most urgent, and the age of the oldest is told', async () => {
    const world = await forgotten(context(LEVELS), 'c-1', 'c-2');
    world.now = atSecond(70);
    await arrive(world, 'gold-1');
    world.dispatchNotifications.length = 0;
    expect(await swept(world)).toEqual(['0 of 3 overdue', 'oldest pending 70 s']);
    expect(world.dispatchNotifications).toEqual([
      {
        ...KEY,
        contactId: 'gold-1',
        distinct: `sweep@${Math.floor(world.now / 60_000)}`,
      },
    ]);
    await dispatch(world);
    expect(world.calls.map(({ contactId }) => contactId)).toEqual(['gold-1', 'c-1', 'c-2']);
    expect(await swept(world)).toEqual(['0 of 3 overdue', 'oldest pending 0 s']);
    expect(world.dispatchNotifications).toEqual([]);
  });

  test('is made good once in a minute, however many sweeps find it', async () => {
    const world = await forgotten(context(NOW), 'c-1');
    world.now = Date.parse('2026-11-23T10:05:00.000Z');
    await Promise.all([sweep(world.sweepPorts), sweep(world.sweepPorts)]);
    world.now += 59_999;
    await sweep(world.sweepPorts);
    const withinAMinute = world.dispatchNotifications.map(({ distinct }) => distinct);
    expect(new Set(withinAMinute).size).toBe(1);
    world.now += 1;
    await sweep(world.sweepPorts);
    expect(withinAMinute).not.toContain(world.dispatchNotifications.at(-1)?.distinct);
  });

  test('is no loss while changes are paused: nothing is kicked or called too old, and wake-ups go on', async () => {
    const steps = [...NOW.all.steps, { after: '90s', set: { priority: 1 } }];
    const world = await forgotten(context({ all: { steps } }, { pause: true }), 'c-1');
    world.now = atSecond(200);
    expect(await swept(world)).toEqual(['1 of 1 overdue']);
    expect(world.dispatchNotifications).toEqual([]);
    expect(wakeUps(world)).toEqual([['c-1', 0]]);
    world.configuration = context({ all: { steps } });
    expect(await swept(world)).toEqual(['1 of 1 overdue', 'oldest pending 200 s']);
    expect(world.dispatchNotifications.map(({ contactId }) => contactId)).toEqual(['c-1']);
  });
});

describe('what fails in one half is told, and keeps the other half from nothing', () => {
  test('settings that cannot be read', async () => {
    const world = await forgotten(context(LATER), 'c-1');
    world.now = atSecond(130);
    const settings = async () => {
      throw new TypeError('SSM does not answer');
    };
    await expect(sweep({ ...world.sweepPorts, settings })).rejects.toThrow('SSM does not answer');
    expect(wakeUps(world)).toEqual([['c-1', 0]]);
  });

  test('wake-ups that cannot be sent', async () => {
    const world = await forgotten(context(NOW), 'c-1');
    world.sendRuleMessages = async () => {
      throw new TypeError('SQS does not answer');
    };
    await expect(sweep(world.sweepPorts)).rejects.toThrow('SQS does not answer');
    expect(world.dispatchNotifications.length).toBe(1);
  });
});

/** Lives five minutes in steps of a second. In the first two, each message and kick is lost with even chances. */
async function liveWithLosses(random: () => number): Promise<MemoryPorts> {
  const steps = [...NOW.all.steps, { after: '45s', set: { priority: 1 } }];
  const world = new MemoryPorts(context({ all: { steps } }));
  world.fillQuota();
  world.updateResult = () => (random() < 0.3 ? { kind: 'unknown', message: 'timeout' } : { kind: 'done' });
  const isLost = (second: number) => second <= 120 && random() < 0.5;
  const underWay: { at: number; message: OutgoingMessage }[] = [];
  for (let index = 0; index < 12; index++) await arrive(world, `c-${index}`);
  for (let second = 1; second <= 300; second++) {
    for (const message of world.sent.splice(0)) {
      if (!isLost(second)) underWay.push({ at: world.now + message.delaySeconds * 1_000, message });
    }
    world.now = Math.max(world.now, atSecond(second));
    for (const { message } of underWay.filter(({ at }) => at <= world.now)) await receive(world, message);
    underWay.splice(0, underWay.length, ...underWay.filter(({ at }) => at > world.now));
    if (world.dispatchNotifications.splice(0).some(() => !isLost(second))) await dispatch(world);
    if (second % 60 === 0) await sweep(world.sweepPorts);
  }
  return world;
}

test.each(Array.from({ length: 20 }, (_, seed) => [seed]))(
  'after two minutes in which half of all messages were lost, every contact has what it should (seed %i)',
  async (seed) => {
    const world = await liveWithLosses(seededRandom(seed));
    const inForce = [...world.items.values()].map(({ record }) => record.status?.applied.priority);
    expect(inForce).toEqual(Array(12).fill(1));
    expect(world.now - T0).toBeLessThan(400_000);
  },
);
