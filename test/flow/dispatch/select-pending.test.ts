import { describe, expect, test } from '@jest/globals';
import type { ContactKey } from '../../../lambda/domain/contact/contact-key.ts';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { RecentlyServed } from '../../../lambda/flow/dispatch/recently-served.ts';
import { selectAlone, selectPending } from '../../../lambda/flow/dispatch/select-pending.ts';
import { Suspects } from '../../../lambda/flow/dispatch/suspects.ts';
import { atSecond, context, INSTANCE, queuedContact, T0 } from '../../support/contacts.ts';
import { enqueue, leaveInFlight, receive } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

const POLICIES = {
  chat: { match: { channel: ['CHAT'] }, steps: [{ after: '0s', set: { priority: 2 } }] },
  gold: {
    precedence: 1,
    match: { channel: ['CHAT'], tags: { tier: ['gold'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
  rich: {
    match: { channel: ['VOICE'], attributes: { value: ['1'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
  watch: {
    mode: 'observe',
    match: { channel: ['EMAIL'], attributes: { value: ['1'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
};
const OTHER = 'i-2';
const GOLD = { tags: { at: T0, value: { tier: 'gold' } } };

/** A system with two instances, whose pending index lists what a test says, or what is in it. */
class Selecting {
  readonly memory = new MemoryPorts({
    ...context(POLICIES, { checkBeforeFirstChange: false }),
    instances: [INSTANCE, OTHER],
  });
  readonly served = new RecentlyServed();
  readonly suspects = new Suspects(Number.POSITIVE_INFINITY);
  readonly queries: unknown[] = [];
  readonly reads: string[][] = [];

  constructor() {
    const { memory } = this;
    const [pending, loadMany] = [memory.pending.bind(memory), memory.loadMany.bind(memory)];
    memory.pending = (instanceId, list, limit, now) => {
      this.queries.push([instanceId, list, limit]);
      return pending(instanceId, list, limit, now);
    };
    memory.loadMany = (keys) => {
      this.reads.push(keys.map(({ contactId }) => contactId));
      return loadMany(keys);
    };
  }

  /** Contacts with an update (CHAT), a question (VOICE), a question of a shadow (EMAIL) or nothing (TASK). */
  async enqueue(channel: string, ids: readonly string[], facts: Partial<ContactFacts> = {}): Promise<void> {
    for (const id of ids) await enqueue(this.memory, id, { channel, ...facts });
  }

  async select(named: readonly string[] = [], pageSize?: number) {
    const keys = named.map((contactId) => ({ instanceId: INSTANCE, contactId }));
    const selection = await selectPending(
      keys,
      [INSTANCE, OTHER],
      this.served,
      this.suspects,
      this.memory.configuration.settings,
      this.memory.dispatchPorts,
      ...(pageSize === undefined ? [] : [pageSize]),
    );
    const { updates, questions, spare, idle, mostUrgent, hasNewSuspects } = selection;
    return {
      updates: ids(updates.map(({ record }) => record)),
      questions: ids(questions.map(({ record }) => record)),
      spare: ids(spare.map(({ record }) => record)),
      idle,
      mostUrgent: mostUrgent?.contactId,
      hasNewSuspects,
    };
  }
}

const ids = (contacts: readonly ContactKey[]) => contacts.map(({ contactId }) => contactId);
const range = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(2, '0')}`);

describe('a selection', () => {
  test('of nothing reads the index alone', async () => {
    const system = new Selecting();
    expect(await system.select()).toEqual({
      updates: [],
      questions: [],
      spare: [],
      idle: [],
      mostUrgent: undefined,
      hasNewSuspects: false,
    });
    expect(system.reads.flat()).toEqual([]);
    expect(system.queries).toEqual(
      [INSTANCE, OTHER].flatMap((id) => ['updates', 'questions'].map((list) => [id, list, 10])),
    );
  });

  test('has each contact in its list, and reads it once, however it is named', async () => {
    const system = new Selecting();
    await system.enqueue('CHAT', ['u']);
    await system.enqueue('VOICE', ['q']);
    await system.enqueue('EMAIL', ['s']);
    await system.enqueue('TASK', ['t']);
    expect(await system.select(['u', 's', 't'])).toMatchObject({
      updates: ['u'],
      questions: ['q'],
      spare: ['s'],
      mostUrgent: 'u',
    });
    expect(system.reads.flat().toSorted()).toEqual(['q', 's', 't', 'u']);
  });

  test('names a question as the most urgent where there is no update', async () => {
    const system = new Selecting();
    await system.enqueue('VOICE', ['q']);
    expect((await system.select()).mostUrgent).toBe('q');
  });

  test('is in order of urgency, however its contacts were named', async () => {
    const system = new Selecting();
    for (const [id, second, facts] of [
      ['late', 2, {}],
      ['early', 1, {}],
      ['gold', 3, GOLD],
    ] as const) {
      system.memory.now = atSecond(second);
      await system.enqueue('CHAT', [id], { ...facts, queue: { arn: 'arn:q', enqueuedAt: atSecond(second) } });
    }
    system.memory.now = atSecond(10);
    expect((await system.select(['late', 'early', 'gold'])).updates).toEqual(['gold', 'early', 'late']);
  });

  test('gives two instances their turns in each list', async () => {
    const system = new Selecting();
    await system.enqueue('CHAT', ['a-1', 'a-2'], GOLD);
    await system.enqueue('CHAT', ['b-1', 'b-2'], { instanceId: OTHER });
    expect((await system.select()).updates).toEqual(['a-1', 'b-1', 'a-2', 'b-2']);
  });

  test('has at most ten contacts of each kind', async () => {
    const system = new Selecting();
    await system.enqueue('CHAT', range('u', 12));
    await system.enqueue('VOICE', range('q', 12));
    await system.enqueue('EMAIL', range('s', 12));
    const { updates, questions, spare } = await system.select(range('s', 12), 20);
    expect([updates.length, questions.length, spare.length]).toEqual([10, 10, 10]);
  });

  test('reads as many more from the index as it leaves out, and no more records than a page', async () => {
    const system = new Selecting();
    await system.enqueue('CHAT', range('u', 9));
    const { now } = system.memory;
    system.served.add(
      [
        { instanceId: INSTANCE, contactId: 'u-00' },
        { instanceId: INSTANCE, contactId: 'gone' },
      ],
      now,
    );
    system.suspects.add({ ...queuedContact(), contactId: 'u-01', inFlightSince: T0 });
    expect((await system.select(['u-01'], 3)).updates).toEqual(['u-02', 'u-03', 'u-04']);
    expect(system.queries[0]).toEqual([INSTANCE, 'updates', 6]);
    expect(system.reads).toEqual([['u-02', 'u-03', 'u-04']]);
  });

  test('leaves out contacts whose update was in flight, and says that there are such', async () => {
    const system = new Selecting();
    await system.enqueue('CHAT', ['u-1', 'u-2']);
    leaveInFlight(system.memory, 'u-1');
    expect(await system.select()).toMatchObject({ updates: ['u-2'], idle: [], hasNewSuspects: true });
    expect(system.suspects.size).toBe(1);
    expect(await system.select()).toMatchObject({ updates: ['u-2'], hasNewSuspects: false });
  });

  test('has a contact with nothing but a question of a shadow, although an update of it was in flight', async () => {
    const system = new Selecting();
    await system.enqueue('EMAIL', ['s']);
    leaveInFlight(system.memory, 's');
    expect(await system.select(['s'])).toMatchObject({ spare: ['s'], hasNewSuspects: false });
    expect(system.suspects.size).toBe(0);
  });

  test('tells what was read in vain, with the later one of the times that index and record say', async () => {
    const system = new Selecting();
    await system.enqueue('CHAT', ['left']);
    const key = { instanceId: INSTANCE, contactId: 'left' };
    const stored = await system.memory.load(key);
    const dueAt = stored.record.decision?.dueAt ?? 0;
    const done = {
      ...stored.record,
      status: { ...stored.record.status, applied: { priority: 2 } },
    } as ContactRecord;
    await system.memory.save(done, stored.revision, {});
    expect(dueAt).toBe(T0);
    system.memory.pending = async (instanceId, list) =>
      instanceId === INSTANCE && list === 'updates'
        ? [
            { instanceId, contactId: 'left', dueAt: dueAt + 5 },
            { instanceId, contactId: 'nobody', dueAt: 7 },
          ]
        : [];
    expect((await system.select()).idle).toEqual([
      { instanceId: INSTANCE, contactId: 'left', dueAt: dueAt + 5 },
      { instanceId: INSTANCE, contactId: 'nobody' },
    ]);
    expect((await system.select(['left'])).idle[0]).toEqual({
      instanceId: INSTANCE,
      contactId: 'left',
      dueAt: dueAt + 5,
    });
    system.memory.pending = async () => [];
    expect((await system.select(['left'])).idle).toEqual([
      { instanceId: INSTANCE, contactId: 'left', dueAt },
    ]);
  });

  test('leaves alone a contact without a decision, and one whose next attempt comes later', async () => {
    const system = new Selecting();
    await system.memory.save({ ...queuedContact(), contactId: 'new' }, 0, {});
    await system.enqueue('CHAT', ['failed']);
    const stored = system.memory.items.get(`${INSTANCE}#failed`);
    if (stored?.record.status) {
      const status = { ...stored.record.status, retryAt: T0 + 1 };
      system.memory.items.set(`${INSTANCE}#failed`, { ...stored, record: { ...stored.record, status } });
    }
    expect(await system.select(['new', 'failed'])).toMatchObject({ updates: [], spare: [] });
    expect(ids((await system.select(['new', 'failed'])).idle)).toEqual(['new', 'failed']);
    system.memory.now = T0 + 1;
    expect((await system.select()).updates).toEqual(['failed']);
  });
});

describe('a contact that is selected alone', () => {
  const alone = (system: Selecting, contactId: string) =>
    selectAlone(
      { instanceId: INSTANCE, contactId },
      system.memory.configuration.settings,
      system.memory.dispatchPorts,
    );

  test('has its list to itself', async () => {
    const system = new Selecting();
    await system.enqueue('CHAT', ['u', 'u-2']);
    await system.enqueue('VOICE', ['q']);
    const [update, question] = [await alone(system, 'u'), await alone(system, 'q')];
    expect([update?.updates.map(({ record }) => record.contactId), update?.questions]).toEqual([['u'], []]);
    expect([question?.questions.map(({ record }) => record.contactId), question?.updates]).toEqual([
      ['q'],
      [],
    ]);
  });

  test.each(['nobody', 'spare', 'none'])(
    'is left alone where nothing is to be done: %s',
    async (contactId) => {
      const system = new Selecting();
      await system.enqueue('EMAIL', ['spare']);
      await system.enqueue('TASK', ['none']);
      expect(await alone(system, contactId)).toBe(undefined);
    },
  );
});

test('an override is an update whatever governs', async () => {
  const system = new Selecting();
  await system.enqueue('TASK', ['t']);
  await receive(system.memory, { type: 'override', contactId: 't', id: 'o', at: T0, set: { priority: 1 } });
  expect((await system.select()).updates).toEqual(['t']);
});
