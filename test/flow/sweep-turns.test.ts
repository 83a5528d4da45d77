import { describe, expect, test } from '@jest/globals';
import type { OutgoingMessage, QueuedPage } from '../../lambda/flow/ports.ts';
import { sweep } from '../../lambda/flow/sweep.ts';
import { context, KEY, T0 } from '../support/contacts.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const PAGE = 1_000;
const MINUTE_MS = 60_000;

/** A system with many contacts that wait, of which sweeps read nothing but the index. */
class Waiting {
  readonly memory = new MemoryPorts(context({}));
  /** How often each contact got a wake-up. */
  readonly woken = new Map<string, number>();
  /** What a page takes, in milliseconds. */
  pageMs = 0;
  contacts: { readonly instanceId: string; readonly contactId: string; readonly reconcileAt?: number }[];

  constructor(waiting: number, reconcileAt?: number) {
    this.contacts = Array.from({ length: waiting }, (_, index) => ({
      ...KEY,
      contactId: `c-${index}`,
      ...(reconcileAt !== undefined && { reconcileAt }),
    }));
  }

  /** @returns wake-ups that the sweep sent. */
  async sweep(): Promise<number> {
    const { memory } = this;
    const startedAt = memory.now;
    let sent = 0;
    const sendWakeUps = async (messages: readonly OutgoingMessage[]) => {
      sent += messages.length;
      for (const { body } of messages) {
        const id = String(body.contactId);
        this.woken.set(id, (this.woken.get(id) ?? 0) + 1);
      }
    };
    await sweep({
      ...memory.sweepPorts,
      contacts: Object.assign(Object.create(memory), {
        queued: (_queueArn?: string, from = '0') => this.#pages(from),
      }),
      outbox: Object.assign(Object.create(memory), { sendWakeUps }),
    });
    memory.now = startedAt + MINUTE_MS;
    return sent;
  }

  async *#pages(from: string): AsyncGenerator<QueuedPage> {
    if (!/^\d+$/.test(from)) throw new TypeError('The starting key is invalid');
    for (let start = Number(from); start < this.contacts.length; start += PAGE) {
      this.memory.now += this.pageMs;
      const contacts = this.contacts.slice(start, start + PAGE);
      yield { contacts, ...(start + PAGE < this.contacts.length && { next: String(start + PAGE) }) };
    }
  }
}

describe.each([1, 15, 1_000, 50_000])('while %i contacts wait', (waiting) => {
  test('each of them has its turn within a quarter of an hour and a sweep', async () => {
    const system = new Waiting(waiting);
    for (let minute = 0; minute < 16; minute++) await system.sweep();
    expect(system.woken.size).toBe(waiting);
    // No more than their turns.
    expect(Math.max(...system.woken.values())).toBeLessThanOrEqual(2);
  });
});

test('where no sweep has time for all, each contact has its turn in the end', async () => {
  const system = new Waiting(20_000);
  // Eight pages in a sweep: a lap takes three sweeps, and fifteen laps 45.
  system.pageMs = 4_000;
  for (let minute = 0; minute < 46; minute++) await system.sweep();
  expect(system.woken.size).toBe(20_000);
});

test('a sweep stops in time, and the next one goes on where it stopped', async () => {
  const system = new Waiting(10_000, T0 - MINUTE_MS);
  system.pageMs = 10_000;
  await system.sweep();
  expect([system.woken.size, system.memory.sweepPosition?.from]).toEqual([3_000, '3000']);
  await system.sweep();
  expect(system.woken.size).toBe(6_000);
  expect(Math.max(...system.woken.values())).toBe(1);
});

test('while more wake-ups are overdue than a sweep sends, each contact is woken in its turn', async () => {
  const system = new Waiting(40_000, T0 - MINUTE_MS);
  for (let minute = 0; minute < 14; minute++) await system.sweep();
  expect(system.woken.size).toBe(40_000);
  expect(Math.max(...system.woken.values())).toBeLessThanOrEqual(2);
});

test('the number that waits is known although a sweep wakes only some of them', async () => {
  const system = new Waiting(40_000, T0 - MINUTE_MS);
  await system.sweep();
  expect(system.memory.telemetryLog).toContain('40000 of 40000 overdue');
  await system.sweep();
  expect(system.memory.sweepPosition?.waiting).toBe(40_000);
});

test('a position that cannot be read is given up, and the next sweep begins with the first contact', async () => {
  const system = new Waiting(2_000, T0 - MINUTE_MS);
  system.memory.sweepPosition = { lap: 3, from: 'of other code', counted: 5, waiting: 7 };
  await expect(system.sweep()).rejects.toThrow('The starting key is invalid');
  await system.sweep();
  expect(system.woken.size).toBe(2_000);
});

describe('the position after a sweep', () => {
  const LAP = Math.floor(T0 / MINUTE_MS);

  test('is the next lap, with the number that waits, where the sweep got through all', async () => {
    const system = new Waiting(15);
    system.memory.sweepPosition = { lap: 3, counted: 0, waiting: 100 };
    await system.sweep();
    expect(system.memory.sweepPosition).toEqual({ lap: 4, counted: 0, waiting: 15 });
    const first = new Waiting(15);
    await first.sweep();
    expect(first.memory.sweepPosition).toEqual({ lap: LAP + 1, counted: 0, waiting: 15 });
  });

  test('is the next lap although the time was up with the last page', async () => {
    const system = new Waiting(15);
    system.pageMs = 40_000;
    await system.sweep();
    expect(system.memory.sweepPosition).toEqual({ lap: LAP + 1, counted: 0, waiting: 15 });
  });

  test('is where the time was up, with the larger one of the numbers that are known', async () => {
    const system = new Waiting(10_000);
    system.memory.sweepPosition = { lap: 3, counted: 0, waiting: 9_000 };
    system.pageMs = 15_000;
    await system.sweep();
    expect(system.memory.sweepPosition).toEqual({ lap: 3, from: '2000', counted: 2_000, waiting: 9_000 });
    system.memory.sweepPosition = { lap: 3, counted: 0, waiting: 9 };
    await system.sweep();
    expect(system.memory.sweepPosition).toEqual({ lap: 3, from: '2000', counted: 2_000, waiting: 2_000 });
  });

  test('is where the wake-ups were used up, and the rest is counted', async () => {
    const system = new Waiting(10_000, T0 - MINUTE_MS);
    system.memory.sweepPosition = { lap: 3, counted: 0, waiting: 0 };
    expect(await system.sweep()).toBe(3_000);
    expect(system.memory.sweepPosition).toEqual({ lap: 3, from: '3000', counted: 3_000, waiting: 10_000 });
  });

  test('is stored again without its place after a failure, and not at all where it had none', async () => {
    const system = new Waiting(10);
    system.memory.sweepPosition = { lap: 3, from: 'of other code', counted: 5, waiting: 7 };
    await expect(system.sweep()).rejects.toThrow('The starting key is invalid');
    expect(system.memory.sweepPosition).toEqual({ lap: 3, counted: 0, waiting: 7 });
    const failing = new Waiting(10);
    failing.memory.sweepPosition = { lap: 3, counted: 0, waiting: 7 };
    const saved: unknown[] = [];
    const { sweepPorts } = failing.memory;
    await expect(
      sweep({
        ...sweepPorts,
        contacts: Object.assign(Object.create(failing.memory), {
          queued() {
            throw new TypeError('no answer');
          },
        }),
        position: { ...sweepPorts.position, save: async (position) => void saved.push(position) },
      }),
    ).rejects.toThrow('no answer');
    expect(saved).toEqual([]);
  });
});

test('wake-ups of a sweep are spread over time, across its pages, no faster than their number needs', async () => {
  const { memory } = new Waiting(0);
  memory.sweepPosition = { lap: 3, counted: 0, waiting: 10_000 };
  const delays: number[] = [];
  const pages: QueuedPage[] = [0, 1].map((page) => ({
    contacts: Array.from({ length: 75 }, (_, index) => ({
      ...KEY,
      contactId: `c-${page}-${index}`,
      reconcileAt: T0 - MINUTE_MS,
    })),
    ...(page === 0 && { next: 'n' }),
  }));
  await sweep({
    ...memory.sweepPorts,
    contacts: Object.assign(Object.create(memory), {
      async *queued() {
        yield* pages;
      },
    }),
    outbox: Object.assign(Object.create(memory), {
      sendWakeUps: async (messages: readonly OutgoingMessage[]) =>
        void delays.push(...messages.map(({ delaySeconds }) => delaySeconds)),
    }),
  });
  expect(delays).toEqual(Array.from({ length: 150 }, (_, index) => Math.floor(index / 50)));
});
