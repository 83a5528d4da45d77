import { describe, expect, test } from '@jest/globals';
import type { ContactKey } from '../../../lambda/domain/contact/contact-key.ts';
import type { PendingWork } from '../../../lambda/domain/reconcile/pending-work.ts';
import { pendingWork } from '../../../lambda/domain/reconcile/pending-work.ts';
import type { UpdateResult } from '../../../lambda/domain/reconcile/update-result.ts';
import type { PendingRecord } from '../../../lambda/flow/dispatch/draft-record.ts';
import { type RoundContacts, runRound } from '../../../lambda/flow/dispatch/round.ts';
import { context, INSTANCE, QUEUE_ARN, T0 } from '../../support/contacts.ts';
import { dispatchAll, enqueue, receive } from '../../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../../support/memory-ports.ts';

const POLICIES = {
  chat: { match: { channel: ['CHAT'] }, steps: [{ after: '0s', set: { priority: 2 } }] },
  rich: {
    match: { channel: ['VOICE'], attributes: { value: ['1'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
};
const UPDATES = ['u-1', 'u-2'];
const QUESTIONS = ['q-1', 'q-2'];
const FAILURE = new Error('no connection');

/** Two contacts with an update that can be sent, and two that Connect must be asked about. */
async function fourContacts(): Promise<MemoryPorts> {
  const memory = new MemoryPorts(context(POLICIES, { checkBeforeFirstChange: false }));
  memory.fillQuota();
  for (const contactId of UPDATES) await enqueue(memory, contactId, { channel: 'CHAT' });
  for (const contactId of QUESTIONS) await enqueue(memory, contactId);
  memory.describeResult = () => describeSuccess({ routing: {}, attributes: { value: '1' } });
  return memory;
}

async function contactsOf(memory: MemoryPorts): Promise<RoundContacts> {
  const read = async (ids: readonly string[]): Promise<PendingRecord[]> => {
    const stored = await memory.loadMany(ids.map((contactId) => ({ instanceId: INSTANCE, contactId })));
    return stored.map((contact) => ({ ...contact, work: pendingWork(contact.record) as PendingWork }));
  };
  return { updates: await read(UPDATES), questions: await read(QUESTIONS) };
}

async function run(memory: MemoryPorts, ports = memory.dispatchPorts) {
  return runRound(await contactsOf(memory), memory.configuration.settings, ports);
}

const ids = (contacts: readonly ContactKey[]) => contacts.map(({ contactId }) => contactId);

describe('a round', () => {
  test('asks and sends at once, and ends with every contact finished', async () => {
    const memory = await fourContacts();
    const { finished, ...rest } = await run(memory);
    expect(finished).toEqual(
      [...UPDATES, ...QUESTIONS].map((contactId) => ({ instanceId: INSTANCE, contactId, dueAt: T0 })),
    );
    expect(rest).toEqual({ failed: [], waitMs: 0, denied: [] });
    expect([memory.calls.map(({ contactId }) => contactId), memory.described]).toEqual([UPDATES, QUESTIONS]);
  });

  test('without a single token waits for the first one, and finishes nothing', async () => {
    const memory = await fourContacts();
    memory.fillQuota(0);
    const result = await run(memory);
    // An update is granted after 1/18 s, a question after 1/9 s.
    expect(result).toEqual({ finished: [], failed: [], waitMs: 56, denied: [] });
    expect([memory.calls, memory.described]).toEqual([[], []]);
    // Nothing was learned, so nothing is written.
    expect([...memory.items.values()].map(({ revision }) => revision)).toEqual([1, 1, 1, 1]);
  });

  test('of nobody waits for nothing', async () => {
    const memory = await fourContacts();
    const nobody = { updates: [], questions: [] };
    expect(await runRound(nobody, memory.configuration.settings, memory.dispatchPorts)).toEqual({
      finished: [],
      failed: [],
      waitMs: 0,
      denied: [],
    });
  });

  test.each([
    ['update', [], ['q-1']],
    ['describe', ['u-1'], []],
  ] as const)(
    'in which the quota of %s is spent goes on at once with what is not',
    async (api, updates, questions) => {
      const memory = await fourContacts();
      memory.fillQuota(1);
      const ports = memory.dispatchPorts;
      await ports.rateLimiter.take(api, 1, memory.configuration.settings);
      expect((await run(memory, ports)).waitMs).toBe(0);
      expect([memory.calls.map(({ contactId }) => contactId), memory.described]).toEqual([
        updates,
        questions,
      ]);
    },
  );

  test.each(['update', 'describe'] as const)(
    'in which no call of %s is granted does not wait for one, since others were made',
    async (api) => {
      const memory = await fourContacts();
      const ports = memory.dispatchPorts;
      await ports.rateLimiter.take(api, 15, memory.configuration.settings);
      expect((await run(memory, ports)).waitMs).toBe(0);
    },
  );

  test.each(['update', 'describe'] as const)(
    'that makes a single call, while the quota of %s is spent, goes on at once',
    async (api) => {
      const memory = await fourContacts();
      memory.fillQuota(1);
      const { settings } = memory.configuration;
      const ports = memory.dispatchPorts;
      await ports.rateLimiter.take(api, 1, settings);
      const { updates, questions } = await contactsOf(memory);
      const one = { updates: updates.slice(0, 1), questions: questions.slice(0, 1) };
      expect((await runRound(one, settings, ports)).waitMs).toBe(0);
      expect(memory.calls.length + memory.described.length).toBe(1);
    },
  );

  test('asks about the contact first whose work was due first', async () => {
    const memory = await fourContacts();
    for (const [index, id] of ['q-3', 'q-4', 'q-5'].entries()) {
      memory.now = T0 + (index + 1) * 1_000;
      const queue = { arn: QUEUE_ARN, enqueuedAt: memory.now };
      await enqueue(memory, id, { queue, firstEnqueuedAt: memory.now });
    }
    memory.fillQuota(2);
    const keys = ['q-4', 'q-5', 'q-3'].map((contactId) => ({ instanceId: INSTANCE, contactId }));
    const questions = (await memory.loadMany(keys)).map((contact) => ({
      ...contact,
      work: pendingWork(contact.record) as PendingWork,
    }));
    await runRound({ updates: [], questions }, memory.configuration.settings, memory.dispatchPorts);
    expect(memory.described).toEqual(['q-3', 'q-4']);
  });

  test('asks about contacts of the instances in turn', async () => {
    const memory = await fourContacts();
    const { questions } = await contactsOf(memory);
    const [other] = questions;
    if (!other) throw new TypeError('There is no question.');
    const ofOther = { ...other, record: { ...other.record, instanceId: 'i-2' } };
    memory.fillQuota(1);
    memory.fairQueues.questions.order([INSTANCE, 'i-2'], (id) => id);
    for (let turn = 0; turn < 3; turn++) memory.fairQueues.questions.recordService(INSTANCE);
    const asked: string[] = [];
    const connect = {
      updateRouting: memory.updateRouting.bind(memory),
      describe: async ({ instanceId }: ContactKey) => {
        asked.push(instanceId);
        return { kind: 'throttled' as const, message: 'slow' };
      },
    };
    const ports = { ...memory.dispatchPorts, connect };
    const contacts = { updates: [], questions: [...questions.slice(1), ofOther] };
    await runRound(contacts, memory.configuration.settings, ports);
    expect(asked).toEqual(['i-2']);
  });

  test('has a contact finished of which nothing is known but that somebody asks about it', async () => {
    const memory = await fourContacts();
    await receive(memory, { type: 'adopt', contactId: 'a-1', id: 'a' } as never);
    memory.describeResult = () => ({ kind: 'unknown', message: 'time-out' });
    const [stored] = await memory.loadMany([{ instanceId: INSTANCE, contactId: 'a-1' }]);
    if (!stored) throw new TypeError('There is no record.');
    const record = { ...stored.record };
    delete (record as { decision?: unknown }).decision;
    const questions = [{ ...stored, record, work: { kind: 'look' } as const }];
    const { finished } = await runRound(
      { updates: [], questions },
      memory.configuration.settings,
      memory.dispatchPorts,
    );
    expect(finished).toStrictEqual([{ instanceId: INSTANCE, contactId: 'a-1' }]);
  });

  test('sends an update on top of what somebody else wrote meanwhile', async () => {
    const memory = await fourContacts();
    let isFirst = true;
    memory.beforeSave = (key) => {
      const stored = memory.items.get(`${INSTANCE}#u-1`);
      if (key.contactId !== 'u-1' || !isFirst || !stored) return;
      isFirst = false;
      const record = { ...stored.record, messageIds: ['m'] };
      memory.items.set(`${INSTANCE}#u-1`, { ...stored, record, revision: stored.revision + 1 });
    };
    await run(memory);
    const record = memory.record({ instanceId: INSTANCE, contactId: 'u-1' });
    expect([record?.messageIds, record?.status?.applied.priority]).toEqual([['m'], 2]);
  });

  test('calls nothing for a contact that has left meanwhile, and has finished it', async () => {
    const memory = await fourContacts();
    let isFirst = true;
    memory.beforeSave = (key) => {
      const stored = memory.items.get(`${INSTANCE}#u-1`);
      if (key.contactId !== 'u-1' || !isFirst || !stored?.record.facts) return;
      isFirst = false;
      const facts = { ...stored.record.facts, disconnectedAt: T0 };
      const record = { ...stored.record, facts };
      memory.items.set(`${INSTANCE}#u-1`, { ...stored, record, revision: stored.revision + 1 });
    };
    const { finished } = await run(memory);
    expect(ids(finished)).toContain('u-1');
    expect(memory.calls.map(({ contactId }) => contactId)).toEqual(['u-2']);
  });

  test('with a token for one of each goes on at once with the others', async () => {
    const memory = await fourContacts();
    memory.fillQuota(1);
    const result = await run(memory);
    expect(ids(result.finished)).toEqual(['u-1', 'q-1']);
    expect(result.waitMs).toBe(0);
  });

  test.each<[string, string[], (memory: MemoryPorts) => void]>([
    [
      'a question fails',
      ['q-1'],
      (memory) => {
        const { describeResult } = memory;
        memory.describeResult = (key) => {
          if (key.contactId === 'q-1') throw FAILURE;
          return describeResult(key);
        };
      },
    ],
    [
      'an update fails',
      ['u-2'],
      (memory) => {
        memory.updateResult = ({ contactId }) => {
          if (contactId === 'u-2') throw FAILURE;
          return { kind: 'done' };
        };
      },
    ],
    [
      'the record of an update cannot be written',
      ['u-1'],
      (memory) => {
        memory.beforeSave = ({ contactId }) => {
          if (contactId === 'u-1') throw FAILURE;
        };
      },
    ],
    [
      'an answer cannot be written',
      ['q-2'],
      (memory) => {
        memory.beforeSave = ({ contactId }) => {
          if (contactId === 'q-2') throw FAILURE;
        };
      },
    ],
  ])('in which %s reports that contact, and serves the others', async (_name, failed, breakPorts) => {
    const memory = await fourContacts();
    breakPorts(memory);
    const result = await run(memory);
    expect(ids(result.failed)).toEqual(failed);
    expect(memory.telemetryLog.filter((line) => line.startsWith('failed'))).toEqual(
      failed.map((contactId) => `failed ${contactId}: Error: no connection`),
    );
    expect(memory.calls.length + memory.described.length).toBe(failed[0] === 'u-1' ? 3 : 4);
    const served = [...UPDATES, ...QUESTIONS].filter((contactId) => !failed.includes(contactId));
    for (const contactId of served) {
      const record = memory.record({ instanceId: INSTANCE, contactId });
      expect(record?.status?.applied.priority ?? record?.attributes?.values).toBeDefined();
    }
  });

  test.each<UpdateResult['kind']>(['done', 'throttled', 'unknown', 'gone', 'invalid', 'conflict', 'denied'])(
    'counts each update and each question as a service of its instance, whatever the result (%s)',
    async (kind) => {
      const memory = await fourContacts();
      memory.updateResult = () => ({ kind, message: '' }) as UpdateResult;
      await run(memory);
      const order = (list: 'updates' | 'questions') =>
        memory.fairQueues[list].order([INSTANCE, INSTANCE, 'i-2', 'i-2', 'i-2'], (id) => id);
      // Two were served: the other instance, which starts where this one started, has the next turns.
      expect(order('updates')).toEqual(order('questions'));
      expect(order('questions').slice(0, 2)).toEqual(['i-2', 'i-2']);
    },
  );

  test('whose questions are throttled slows questions down, and no updates', async () => {
    const memory = await fourContacts();
    memory.describeResult = () => ({ kind: 'throttled', message: 'slow' });
    await run(memory);
    expect((await memory.loadQuota())?.state).toMatchObject({
      update: { ratePerSecond: 18 },
      describe: { ratePerSecond: 4.5 },
    });
  });

  test('whose questions are denied says so once, and is no denial of updates', async () => {
    const memory = await fourContacts();
    memory.describeResult = () => ({ kind: 'denied', message: 'no permission' });
    const { denied } = await run(memory);
    expect(denied).toEqual([]);
    expect(memory.telemetryLog.filter((line) => line.startsWith('denied'))).toEqual([
      'denied: no permission',
    ]);
  });

  test('names the contacts whose update was denied', async () => {
    const memory = await fourContacts();
    memory.updateResult = ({ contactId }) =>
      contactId === 'u-2' ? { kind: 'denied', message: 'no' } : { kind: 'done' };
    expect(ids((await run(memory)).denied)).toEqual(['u-2']);
  });

  test.each<[UpdateResult, string[]]>([
    [{ kind: 'unknown', message: 'time-out' }, ['unknown u-1: time-out', 'unknown u-2: time-out']],
    [{ kind: 'gone', message: 'not found' }, ['closed u-1: not found', 'closed u-2: not found']],
    [{ kind: 'throttled' }, ['throttled', 'throttled']],
    [{ kind: 'denied', message: 'no' }, ['denied: no', 'denied: no']],
    [{ kind: 'invalid', message: 'bad' }, ['refused u-1: bad', 'refused u-2: bad']],
    [{ kind: 'conflict', message: 'busy' }, []],
    [{ kind: 'done' }, ['applied 0 ms late', 'applied 0 ms late']],
  ])('logs and counts the results of updates: %j', async (result, lines) => {
    const memory = await fourContacts();
    memory.updateResult = () => result;
    await run(memory);
    expect(memory.telemetryLog).toEqual(lines);
  });

  test.each([
    ['counts how late a change was made', 2_500, 'applied 2500 ms late'],
    ['counts a change before its time, by a clock that is slow, as on time', -700, 'applied 0 ms late'],
  ])('%s', async (_name, laterMs, line) => {
    const memory = await fourContacts();
    memory.updateResult = () => {
      memory.now = T0 + laterMs;
      return { kind: 'done' };
    };
    await run(memory);
    expect(memory.telemetryLog).toEqual([line, line]);
  });
});

describe('a contact for which something fails', () => {
  /** Fails for that contact, that often. */
  function failing(memory: MemoryPorts, contactId: string, times: number): void {
    let left = times;
    memory.updateResult = (key) => {
      if (key.contactId === contactId && left-- > 0) throw FAILURE;
      return { kind: 'done' };
    };
  }

  test('is reconciled ten seconds later', async () => {
    const memory = await fourContacts();
    failing(memory, 'u-2', Number.POSITIVE_INFINITY);
    memory.sent.length = 0;
    const startedAt = memory.now;
    expect(await dispatchAll(memory, [])).toBe('empty');
    const wakeUps = memory.sent.filter(({ body }) => body.contactId === 'u-2');
    const wakeAt = new Date(startedAt + 10_000).toISOString();
    expect(wakeUps).toEqual([
      { body: { type: 'wake', instanceId: INSTANCE, contactId: 'u-2', wakeAt }, delaySeconds: 10 },
    ]);
  });

  test('is not reconciled for that where nothing failed', async () => {
    const memory = await fourContacts();
    memory.sent.length = 0;
    expect(await dispatchAll(memory, [])).toBe('empty');
    expect(memory.sent.filter(({ delaySeconds }) => delaySeconds === 10)).toEqual([]);
  });
});
