import { describe, expect, test } from '@jest/globals';
import type { FoundContact } from '../../lambda/domain/contact/adoption.ts';
import { parseRuleMessage } from '../../lambda/domain/messages/parse.ts';
import type { ContactMessage } from '../../lambda/domain/messages/rule-message.ts';
import {
  findWaiting,
  MAX_RANGE_MS,
  SEARCH_INTERVAL_MS,
  type SearchPage,
  type TimeRange,
} from '../../lambda/flow/adopt.ts';
import { sweep } from '../../lambda/flow/sweep.ts';
import { atSecond, context, INSTANCE, KEY, QUEUE_ARN, T0 } from '../support/contacts.ts';
import {
  deliverLastWakeUp,
  dispatchAll,
  enqueue,
  PRIORITY_2,
  receive,
  sentUpdates,
} from '../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../support/memory-ports.ts';

const DAY_MS = 86_400_000;
const WAITS: FoundContact = { contactId: 'c-1', channel: 'CHAT', queueId: 'q-1', enqueuedAt: T0 };
const ANSWER = {
  routing: { priority: 5 },
  attributes: {},
  channel: 'CHAT',
  initiationMethod: 'API',
  initiatedAt: T0 - 1_000,
  queue: { arn: QUEUE_ARN, enqueuedAt: T0 },
};

/** A system that no event has reached. */
function emptySystem(policies: Record<string, object> = PRIORITY_2, settings: object = {}): MemoryPorts {
  const memory = new MemoryPorts(context(policies, settings));
  memory.fillQuota();
  memory.now = atSecond(100);
  memory.describeResult = () => describeSuccess(ANSWER);
  return memory;
}

/** Delivers the adopt messages that were sent. */
async function deliverAdoptions(memory: MemoryPorts): Promise<void> {
  for (const { body } of memory.sent.splice(0)) {
    const [message] = parseRuleMessage(JSON.stringify(body), {
      messageId: 'm',
      sentAt: memory.now,
      instances: memory.instances,
    });
    await receive(memory, message as ContactMessage);
  }
}

const adopt = (memory: MemoryPorts) => receive(memory, { type: 'adopt', at: memory.now });

describe('a contact that no event reported', () => {
  test('is asked about once, taken in with its true enqueue time, and served by its policy', async () => {
    const memory = emptySystem({
      all: {
        steps: [
          { after: '90s', set: { priority: 2 } },
          { after: '5m', set: { priority: 1 } },
        ],
      },
    });
    const asked = await adopt(memory);
    expect(asked.look).toEqual({ at: memory.now });
    await dispatchAll(memory);
    expect(memory.record(KEY)?.facts).toMatchObject({ queue: { enqueuedAt: T0 }, channel: 'CHAT' });
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    // It has waited for 100 seconds: the step after 90 is reached, and no second question was needed.
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
    expect(memory.described).toEqual(['c-1']);
    expect(memory.record(KEY)).toMatchObject({ wakeAt: atSecond(300) });
    expect(memory.record(KEY)?.look).toBe(undefined);
  });

  test('is not served when it has left meanwhile, or when Connect does not find it', async () => {
    for (const result of [
      describeSuccess({ ...ANSWER, disconnectedAt: atSecond(50) }),
      { kind: 'gone' as const, message: 'not found' },
    ]) {
      const memory = emptySystem();
      memory.describeResult = () => result;
      await adopt(memory);
      await dispatchAll(memory);
      expect(sentUpdates(memory)).toEqual([]);
      expect(memory.record(KEY)?.look).toBe(undefined);
      expect(memory.items.get('i-1#c-1')?.entries).toEqual({});
    }
  });

  test('is asked about again after 1, 2, 4 seconds while Connect does not answer', async () => {
    const memory = emptySystem();
    memory.describeResult = () => ({ kind: 'unknown', message: 'time-out' });
    await adopt(memory);
    const askedAt: number[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      askedAt.push(memory.now);
      await dispatchAll(memory);
      await deliverLastWakeUp(memory);
    }
    expect(askedAt.map((at) => (at - atSecond(100)) / 1_000)).toEqual([0, 1, 3]);
    memory.describeResult = () => describeSuccess(ANSWER);
    await dispatchAll(memory);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test.each(['denied', 'throttled', 'unknown'] as const)(
    'and that an event reports after all waits for no answer, where DescribeContact is %s',
    async (kind) => {
      const policies = { all: { steps: [{ after: '0s', set: { priority: 1 } }] } };
      for (const [served, change] of [
        [policies, undefined],
        [{}, { type: 'override', id: 'o-1', at: atSecond(101), set: { priority: 1 } } as const],
      ] as const) {
        const memory = emptySystem(served);
        memory.describeResult = () => ({ kind, message: 'no answer' });
        await adopt(memory);
        await dispatchAll(memory);
        memory.now = atSecond(101);
        await enqueue(memory);
        if (change) await receive(memory, change);
        await dispatchAll(memory);
        expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }]);
      }
    },
  );

  test('is not asked about for good: without an answer the question ends after an hour', async () => {
    const memory = emptySystem();
    memory.describeResult = () => ({ kind: 'unknown', message: 'no answer' });
    await adopt(memory);
    const attempt = async () => {
      await dispatchAll(memory);
      await deliverLastWakeUp(memory);
    };
    for (let attempts = 0; attempts < 59; attempts++) await attempt();
    expect(memory.record(KEY)?.look).toMatchObject({ attempts: 59 });
    await dispatchAll(memory);
    expect(memory.now - atSecond(100)).toBeGreaterThan(3_000_000);
    expect(memory.record(KEY)?.look).toBe(undefined);
    expect(memory.record(KEY)?.history.at(-1)?.text).toContain('gave up');
    expect(memory.items.get('i-1#c-1')?.entries).toEqual({});
    const wakeUps = memory.sent.length;
    await attempt();
    expect([memory.described.length, memory.sent.length]).toEqual([60, wakeUps]);
    expect((await adopt(memory)).look).toEqual({ at: memory.now });
  });

  test('is asked about within the budget of DescribeContact, and not while calls are stopped', async () => {
    const stopped = emptySystem(PRIORITY_2, { pause: true });
    await adopt(stopped);
    expect(await dispatchAll(stopped)).toBe('kill-switch');
    expect(stopped.described).toEqual([]);
    const memory = emptySystem();
    const keys = Array.from({ length: 60 }, (_, index) => ({ ...KEY, contactId: `c-${index}` }));
    for (const key of keys) await receive(memory, { type: 'adopt', at: memory.now, ...key });
    const startedAt = memory.now;
    await dispatchAll(memory, []);
    expect(memory.described).toHaveLength(60);
    // 15 at once, and 9 in each second that follows.
    expect(memory.now - startedAt).toBeGreaterThanOrEqual(((60 - 15) / 9) * 1_000 - 1);
  });

  test('of a test of Connect is left out unless the settings have testContacts', async () => {
    for (const testContacts of [false, true]) {
      const memory = emptySystem(PRIORITY_2, { testContacts });
      const segmentAttributes = { 'connect:ValidationTestType': 'EXPERIENCE_VALIDATION' };
      memory.describeResult = () => describeSuccess({ ...ANSWER, segmentAttributes });
      await adopt(memory);
      await dispatchAll(memory);
      expect(memory.record(KEY)?.facts !== undefined).toBe(testContacts);
      expect(memory.telemetryLog.includes('left out: test')).toBe(!testContacts);
    }
  });
});

test('of a test of Connect whose events come while it is asked about, the answer is taken', async () => {
  const memory = emptySystem();
  await adopt(memory);
  await enqueue(memory, KEY.contactId, { isTest: true });
  const segmentAttributes = { 'connect:ValidationTestType': 'EXPERIENCE_VALIDATION' };
  memory.describeResult = () =>
    describeSuccess({ ...ANSWER, segmentAttributes, disconnectedAt: atSecond(101) });
  await dispatchAll(memory);
  expect(memory.record(KEY)?.look).toBe(undefined);
  expect(memory.record(KEY)?.facts).toMatchObject({ isTest: true, disconnectedAt: atSecond(101) });
  expect(memory.telemetryLog).not.toContain('left out: test');
});

test('an event that names the queue of an agent in full begins no other visit: nothing is sent twice', async () => {
  const memory = emptySystem(
    { all: { steps: [{ after: '0s', set: { priority: 1 } }] } },
    { events: ['left'] },
  );
  await adopt(memory);
  await dispatchAll(memory);
  await deliverLastWakeUp(memory);
  await dispatchAll(memory);
  const arn = QUEUE_ARN.replace('/queue/', '/queue/agent/');
  await enqueue(memory, KEY.contactId, { queue: { arn, type: 'AGENT', enqueuedAt: T0 } });
  await dispatchAll(memory);
  expect(sentUpdates(memory)).toEqual([{ QueuePriority: 1 }]);
  expect(memory.record(KEY)?.unsentEvents).toBe(undefined);
});

test('a contact for which the system acts is not asked about', async () => {
  const memory = emptySystem();
  await enqueue(memory);
  expect((await adopt(memory)).look).toBe(undefined);
});

test('a contact that was resumed, or found after all, is taken up again', async () => {
  const resumed = emptySystem();
  await enqueue(resumed, KEY.contactId, { pauses: [atSecond(10)] });
  resumed.describeResult = () =>
    describeSuccess({ ...ANSWER, pausedAt: atSecond(10), resumedAt: atSecond(20) });
  const closed = emptySystem();
  closed.describeResult = () => describeSuccess({ routing: {}, attributes: {} });
  await enqueue(closed);
  closed.updateResult = () => ({ kind: 'gone', message: 'not found' });
  await dispatchAll(closed);
  expect(closed.record(KEY)?.closedAt).not.toBe(undefined);
  closed.updateResult = () => ({ kind: 'done' });
  closed.calls.length = 0;
  for (const memory of [resumed, closed]) {
    memory.now += 1_000;
    await adopt(memory);
    await dispatchAll(memory);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  }
});

describe('the search', () => {
  async function found(pages: SearchPage[], range: TimeRange, instances = [INSTANCE]) {
    const memory = emptySystem();
    await enqueue(memory, 'c-known');
    const searched: [string, TimeRange, string | undefined][] = [];
    const slept: number[] = [];
    const contacts = [];
    const areLast: boolean[] = [];
    for await (const page of findWaiting(instances, range, {
      search: {
        page: async (...given) => {
          searched.push(given);
          return pages.shift() ?? { contacts: [] };
        },
      },
      contacts: memory,
      sleep: async (ms) => {
        slept.push(ms);
      },
      region: 'eu-central-1',
    })) {
      contacts.push(...page.contacts);
      areLast.push(page.isLast);
    }
    return { contacts, searched, slept, areLast };
  }

  test('finds those that wait, and says which the system knows', async () => {
    const { contacts } = await found(
      [
        {
          contacts: [
            WAITS,
            { ...WAITS, contactId: 'c-known' },
            { ...WAITS, contactId: 'c-connected', connectedAt: T0 + 1 },
            { ...WAITS, contactId: 'c-again', connectedAt: T0 - 1 },
            { ...WAITS, contactId: 'c-ended', disconnectedAt: T0 + 1 },
            { ...WAITS, contactId: 'c-elsewhere', activeRegion: 'eu-west-2' },
            { ...WAITS, contactId: 'c-here', activeRegion: 'eu-central-1' },
            { contactId: 'c-scheduled' },
          ],
        },
      ],
      { from: T0 - DAY_MS, to: T0 },
    );
    expect(contacts.map(({ contactId, isUnknown }) => [contactId, isUnknown])).toEqual([
      ['c-1', true],
      ['c-known', false],
      ['c-again', true],
      ['c-here', true],
    ]);
  });

  test('has ranges of two weeks, and waits between two searches', async () => {
    const { searched, slept, areLast } = await found([{ contacts: [WAITS], nextToken: 'next' }], {
      from: T0 - 20 * DAY_MS,
      to: T0,
    });
    const middle = T0 - 20 * DAY_MS + MAX_RANGE_MS;
    expect(searched).toEqual([
      [INSTANCE, { from: T0 - 20 * DAY_MS, to: middle }, undefined],
      [INSTANCE, { from: T0 - 20 * DAY_MS, to: middle }, 'next'],
      [INSTANCE, { from: middle, to: T0 }, undefined],
    ]);
    expect(slept).toEqual([SEARCH_INTERVAL_MS, SEARCH_INTERVAL_MS]);
    expect(areLast).toEqual([false, false, true]);
  });

  test('ends with a range that ends with the time that was asked for', async () => {
    const { searched } = await found([], { from: T0 - MAX_RANGE_MS, to: T0 });
    expect(searched).toEqual([[INSTANCE, { from: T0 - MAX_RANGE_MS, to: T0 }, undefined]]);
  });

  test('names the instance of each contact', async () => {
    const { contacts } = await found(
      [{ contacts: [WAITS] }, { contacts: [WAITS] }],
      { from: T0 - DAY_MS, to: T0 },
      [INSTANCE, 'i-2'],
    );
    expect(contacts.map(({ instanceId, contactId }) => [instanceId, contactId])).toEqual([
      [INSTANCE, 'c-1'],
      ['i-2', 'c-1'],
    ]);
  });
});

describe('the sweep with the setting adopt', () => {
  test('searches each of the last fifteen days once in 15 minutes, and takes in what it finds', async () => {
    const memory = emptySystem(PRIORITY_2, { adopt: true });
    const ranges: TimeRange[] = [];
    memory.search = {
      page: async (_instanceId, range) => {
        ranges.push(range);
        return { contacts: range.from <= T0 && T0 < range.to ? [WAITS] : [] };
      },
    };
    for (let minute = 0; minute < 15; minute++) {
      memory.now += 60_000;
      await sweep(memory.sweepPorts);
      await deliverAdoptions(memory);
    }
    const days = ranges.map(({ to }) => Math.round((memory.now - to) / DAY_MS)).sort((a, b) => a - b);
    expect(days).toEqual(Array.from({ length: 15 }, (_, day) => day));
    await dispatchAll(memory);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test('asks about no contact whose visit its record knows to be over, but about one that was queued again', async () => {
    for (const [facts, enqueuedAt, adopted] of [
      [{ disconnectedAt: atSecond(50) }, T0, 0],
      [{ connectedAt: atSecond(50) }, T0, 0],
      [{ connectedAt: atSecond(50) }, atSecond(60), 1],
    ] as const) {
      const memory = emptySystem(PRIORITY_2, { adopt: true });
      await enqueue(memory, KEY.contactId, facts);
      memory.sent.length = 0;
      memory.search = { page: async () => ({ contacts: [{ ...WAITS, enqueuedAt }] }) };
      await sweep(memory.sweepPorts);
      expect(memory.sent).toHaveLength(adopted);
    }
  });

  test('takes up a question whose wake-up was lost', async () => {
    const memory = emptySystem(PRIORITY_2, { adopt: true });
    memory.describeResult = () => ({ kind: 'unknown', message: 'time-out' });
    await adopt(memory);
    await dispatchAll(memory);
    memory.sent.length = 0;
    memory.describeResult = () => describeSuccess(ANSWER);
    memory.search = { page: async () => ({ contacts: [WAITS] }) };
    memory.now += 60_000;
    await sweep(memory.sweepPorts);
    await deliverAdoptions(memory);
    await dispatchAll(memory);
    await deliverLastWakeUp(memory);
    await dispatchAll(memory);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test('searches nothing without the setting, nor while calls are stopped', async () => {
    for (const settings of [{}, { adopt: true, pause: true }]) {
      const memory = emptySystem(PRIORITY_2, settings);
      memory.search = {
        page: () => {
          throw new Error('searched');
        },
      };
      await sweep(memory.sweepPorts);
      expect(memory.telemetryLog.some((line) => /search|unknown/.test(line))).toBe(false);
    }
  });

  test('ends after ten searches, and says so', async () => {
    const memory = emptySystem(PRIORITY_2, { adopt: true });
    const startedAt = memory.now;
    memory.search = { page: async () => ({ contacts: [], nextToken: 'more' }) };
    await sweep(memory.sweepPorts);
    expect(memory.telemetryLog).toContain('0 unknown, cut short');
    expect(memory.now - startedAt).toBe(9 * SEARCH_INTERVAL_MS);
  });

  test('ends as soon as a pause begins', async () => {
    const memory = emptySystem(PRIORITY_2, { adopt: true });
    let searches = 0;
    memory.search = {
      page: async () => {
        searches += 1;
        if (searches === 3) memory.configuration = context(PRIORITY_2, { adopt: true, pause: true });
        return { contacts: [], nextToken: 'more' };
      },
    };
    await sweep(memory.sweepPorts);
    expect(searches).toBe(3);
    expect(memory.telemetryLog).toContain('0 unknown, cut short');
  });

  test('recovers lost messages although the search fails', async () => {
    const memory = emptySystem(PRIORITY_2, { adopt: true });
    await enqueue(memory, 'c-pending');
    memory.dispatchNotifications.length = 0;
    memory.search = {
      page: async () => {
        throw new Error('denied');
      },
    };
    await sweep(memory.sweepPorts);
    expect(memory.telemetryLog).toContain('search failed: Error: denied');
    expect(memory.dispatchNotifications).toHaveLength(1);
  });

  test('begins with another instance every 15 minutes, so that each has its turn', async () => {
    const instances = ['i-1', 'i-2', 'i-3'];
    const memory = emptySystem(PRIORITY_2, { adopt: true, instances });
    const searched: string[][] = [];
    memory.search = {
      page: async (instanceId) => {
        searched.at(-1)?.push(instanceId);
        return { contacts: [] };
      },
    };
    for (let quarter = 0; quarter < 3; quarter++) {
      for (let minute = 0; minute < 15; minute++) {
        searched.push([]);
        await sweep(memory.sweepPorts);
        memory.now = atSecond(100 + (quarter * 15 + minute + 1) * 60);
      }
    }
    expect(searched.map((ids) => ids.toSorted())).toEqual(searched.map(() => instances));
    const firsts = searched.map(([first]) => first);
    for (const id of instances) expect(firsts.filter((first) => first === id)).toHaveLength(15);
    // Each is the first one of 15 sweeps in a row.
    expect(firsts.filter((first, index) => index > 0 && first !== firsts[index - 1])).toHaveLength(
      firsts[0] === firsts.at(-1) ? 3 : 2,
    );
  });

  test('searches nothing where no instance is served', async () => {
    const memory = emptySystem(PRIORITY_2, { adopt: true, instances: [] });
    await sweep(memory.sweepPorts);
    expect(memory.telemetryLog).toContain('0 unknown');
  });

  test('asks about all that are unknown, at once, page by page, and counts them', async () => {
    const memory = emptySystem(PRIORITY_2, { adopt: true });
    const pages: SearchPage[] = [
      { contacts: [WAITS, { ...WAITS, contactId: 'c-2' }], nextToken: 'more' },
      {
        contacts: [
          { ...WAITS, contactId: 'c-3' },
          { ...WAITS, contactId: 'c-4', activeRegion: 'us-east-1' },
        ],
      },
    ];
    memory.search = { page: async () => pages.shift() ?? { contacts: [] } };
    await sweep(memory.sweepPorts);
    expect(memory.telemetryLog).toContain('3 unknown');
    expect(memory.sent).toEqual(
      ['c-1', 'c-2', 'c-3'].map((contactId) => ({
        body: { type: 'adopt', instanceId: INSTANCE, contactId },
        delaySeconds: 0,
      })),
    );
  });

  test('says that it saw all where the tenth page is the last one of the last instance', async () => {
    const completes = async (instances: string[], searchesLeft: number) => {
      const memory = emptySystem(PRIORITY_2, { adopt: true, instances });
      let left = searchesLeft;
      memory.search = {
        page: async () => (--left > 0 ? { contacts: [], nextToken: 'more' } : { contacts: [] }),
      };
      await sweep(memory.sweepPorts);
      return memory.telemetryLog.includes('0 unknown');
    };
    expect(await completes([INSTANCE], 10)).toBe(true);
    expect(await completes([INSTANCE], 11)).toBe(false);
    expect(await completes([INSTANCE, 'i-2'], 10)).toBe(false);
    expect(await completes([INSTANCE, 'i-2'], 9)).toBe(true);
  });
});
