import { describe, expect, test } from '@jest/globals';
import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { backOffMs } from '../../lambda/flow/back-off.ts';
import { dispatchPending } from '../../lambda/flow/dispatch/dispatch.ts';
import { reconcileFacts } from '../../lambda/flow/handle-contact-event.ts';
import { startBatch } from '../../lambda/flow/handle-rule-message.ts';
import { seededRandom } from '../../sim/random.ts';
import { VirtualTime } from '../../sim/virtual/virtual-time.ts';
import { context, KEY, queuedContact, T0 } from '../support/contacts.ts';
import { PRIORITY_2 } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

/** The duration of a request, in milliseconds. */
const REQUEST_MS = { min: 3, max: 30 };

const EXECUTIONS = 20;
const BATCH_SIZE = 10;
const SEEDS = Array.from({ length: 12 }, (_, seed) => [seed] as const);

/** A system in which each request takes a while, so that whatever runs side by side meets at the records. */
class BusySystem {
  readonly time = new VirtualTime(T0);
  readonly memory = new MemoryPorts(context(PRIORITY_2));
  readonly failed: string[] = [];
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  get ports() {
    const { memory, time } = this;
    const slow =
      <A extends unknown[], T>(request: (...given: A) => Promise<T>) =>
      (...given: A) =>
        this.#request(() => request.apply(memory, given));
    const { save, load, loadMany, pending, sendWakeUps, sendSignals, notifyDispatch } = memory;
    const clock = { now: () => time.now, sleep: (durationMs: number) => time.sleep(durationMs) };
    return {
      ...memory.reconcilePorts,
      ...memory.dispatchPorts,
      contacts: {
        load: slow(load),
        loadMany: slow(loadMany),
        save: slow(save),
        pending: slow(pending),
        queued: () => memory.queued(),
      },
      outbox: {
        sendWakeUps: slow(sendWakeUps),
        sendSignals: slow(sendSignals),
        notifyDispatch: slow(notifyDispatch),
      },
      connect: { updateRouting: slow(memory.updateRouting), describe: slow(memory.describe) },
      clock,
      backOff: (conflicts: number) => time.sleep(backOffMs(conflicts, this.#random())),
    };
  }

  /** A request takes effect in the middle of its time. */
  async #request<T>(effect: () => Promise<T>): Promise<T> {
    const oneWayMs = () => (REQUEST_MS.min + this.#random() * (REQUEST_MS.max - REQUEST_MS.min)) / 2;
    await this.time.sleep(oneWayMs());
    const result = await effect();
    await this.time.sleep(oneWayMs());
    return result;
  }

  /** One execution of rule-messages that was given those messages. */
  async execute(messages: readonly { readonly id: string; readonly body: object }[]): Promise<void> {
    const handle = startBatch(this.ports, this.memory.source('OperatorMessages'));
    await Promise.all(
      messages.map(async ({ id, body }) => {
        const message = { messageId: id, sentAt: T0, body: JSON.stringify(body), receiveCount: 1 };
        try {
          await handle({ ...message, receiptHandle: id, attribute: () => undefined });
        } catch {
          this.failed.push(id);
        }
      }),
    );
  }

  /** As many executions at once as one contact can have. Each message is an override that wants priority 1. */
  executeMany(): Promise<void>[] {
    return Array.from({ length: EXECUTIONS }, (_, execution) =>
      this.execute(
        Array.from({ length: BATCH_SIZE }, (_, index) => {
          const id = `m-${execution}-${index}`;
          return { id, body: { type: 'override', contactId: KEY.contactId, set: { priority: 1 } } };
        }),
      ),
    );
  }
}

describe.each(SEEDS)('many writers of one contact, with the interleaving of seed %i:', (seed) => {
  test('20 executions of ten messages each lose no first delivery', async () => {
    const system = new BusySystem(seed);
    const executions = system.executeMany();
    await system.time.run();
    await Promise.all(executions);
    expect(system.failed).toEqual([]);
    expect(system.memory.items.get('i-1#c-1')?.revision).toBe(EXECUTIONS * BATCH_SIZE);
    // Before the functions time out, all of them.
    expect(system.time.now - T0).toBeLessThan(15_000);
  });

  test('dispatch sends what an override of them wants, and records the result', async () => {
    const system = new BusySystem(seed);
    system.memory.fillQuota();
    const { facts } = queuedContact();
    await reconcileFacts(facts as ContactFacts, system.memory.configuration, system.memory.reconcilePorts);
    const running = [...system.executeMany(), dispatchPending([KEY], system.ports, system.time.now + 60_000)];
    await system.time.run();
    await Promise.all(running);
    const later = dispatchPending([KEY], system.ports, system.time.now + 60_000);
    await system.time.run();
    await later;
    expect(system.failed).toEqual([]);
    expect(system.memory.telemetryLog.filter((line) => line.startsWith('failed'))).toEqual([]);
    expect(system.memory.record(KEY)?.status).toMatchObject({ applied: { priority: 1 } });
  });

  test('the contacts that continue it all take part in its chain', async () => {
    const system = new BusySystem(seed);
    const before: ContactKey = { ...KEY, contactId: 'c-0' };
    const { ports, memory } = system;
    const running = Array.from({ length: 16 }, (_, index) =>
      reconcileFacts(
        {
          ...(queuedContact().facts as ContactFacts),
          contactId: `c-${index + 1}`,
          previousContactId: before.contactId,
          initiationMethod: 'TRANSFER',
        },
        memory.configuration,
        ports,
      ),
    );
    await system.time.run();
    await Promise.all(running);
    expect(memory.record(before)?.successors?.length).toBe(16);
  });
});
