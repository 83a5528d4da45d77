import { describe, expect, test } from '@jest/globals';
import type { QueueSignal, ResyncAll } from '../../lambda/domain/messages/rule-message.ts';
import { type FanOutPorts, fanOut } from '../../lambda/flow/fan-out.ts';
import { applyRuleMessage, startBatch } from '../../lambda/flow/handle-rule-message.ts';
import type { DeliveredMessage, OutgoingMessage } from '../../lambda/flow/ports.ts';
import { atSecond, context, KEY, QUEUE_ARN, T0 } from '../support/contacts.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const REEVALUATE: ResyncAll = { type: 'reevaluate', id: 'r-1' };
const SIGNAL: QueueSignal = { type: 'queue-signal', id: 's-1', at: T0, queueArn: QUEUE_ARN, signal: 'busy' };
const PAGE = 1_000;

/** A system with many contacts that wait, of which it reads nothing but the index. */
class LargeCentre {
  readonly memory = new MemoryPorts(context({}));
  /** How often each contact got a message. */
  readonly reached = new Map<string, number>();
  readonly continuations: { readonly at: number; readonly message: OutgoingMessage }[] = [];
  /** Wake-ups by the second in which they fire. */
  readonly perSecond = new Map<number, number>();
  /** Called before messages are sent. */
  beforeSend: (messages: readonly OutgoingMessage[]) => void = () => {};
  readonly #waiting: number;

  constructor(waiting: number) {
    this.#waiting = waiting;
  }

  get ports(): FanOutPorts & MemoryPorts['reconcilePorts'] {
    const { memory } = this;
    const ids = Array.from({ length: this.#waiting }, (_, index) => `c-${index}`);
    const send = async (messages: readonly OutgoingMessage[]) => this.#send(messages);
    return {
      ...memory.reconcilePorts,
      contacts: Object.assign(Object.create(memory), {
        async *queued(_queueArn?: string, from = '0') {
          for (let start = Number(from); start < ids.length; start += PAGE) {
            const contacts = ids.slice(start, start + PAGE).map((contactId) => ({ ...KEY, contactId }));
            yield { contacts, ...(start + PAGE < ids.length && { next: String(start + PAGE) }) };
          }
        },
      }),
      outbox: Object.assign(Object.create(memory), { sendWakeUps: send, sendSignals: send }),
    };
  }

  #send(messages: readonly OutgoingMessage[]): void {
    this.beforeSend(messages);
    for (const message of messages) {
      const { body, delaySeconds } = message;
      const at = this.memory.now + delaySeconds * 1_000;
      if (typeof body.contactId === 'string') {
        this.reached.set(body.contactId, (this.reached.get(body.contactId) ?? 0) + 1);
        this.perSecond.set(Math.floor(at / 1_000), (this.perSecond.get(Math.floor(at / 1_000)) ?? 0) + 1);
      } else {
        this.continuations.push({ at, message });
      }
    }
  }

  /** Delivers a message that the system sent to itself. */
  async deliver({ body }: OutgoingMessage): Promise<void> {
    const queue = body.type === 'continue-signal' ? 'RuleMessages' : 'WakeUps';
    const text = JSON.stringify(body);
    const message: DeliveredMessage = {
      messageId: 'sqs',
      sentAt: this.memory.now,
      body: text,
      receiveCount: 1,
      receiptHandle: 'r',
      attribute: () => undefined,
    };
    await startBatch(this.ports, this.memory.source(queue))(message);
  }

  /** Delivers each continuation at its time, until there is none. */
  async finish(): Promise<void> {
    for (let next = this.continuations.shift(); next; next = this.continuations.shift()) {
      this.memory.now = Math.max(this.memory.now, next.at);
      await this.deliver(next.message);
    }
  }
}

const times = (centre: LargeCentre) => [...new Set(centre.reached.values())];

describe.each([
  ['reevaluate', REEVALUATE],
  ['a signal to a queue', SIGNAL],
])('%s to 40,000 contacts', (_name, message) => {
  test('is done in parts, and reaches each contact once', async () => {
    const centre = new LargeCentre(40_000);
    await fanOut(message, centre.ports);
    expect(centre.reached.size).toBeLessThan(6_000);
    await centre.finish();
    expect([centre.reached.size, times(centre)]).toEqual([40_000, [1]]);
  });

  test('goes on where it stopped after a crash, and repeats the part that was not finished alone', async () => {
    const centre = new LargeCentre(40_000);
    await fanOut(message, centre.ports);
    const [part] = centre.continuations.splice(0);
    const before = centre.reached.size;
    centre.beforeSend = () => {
      if (centre.reached.size < before + 2 * PAGE) return;
      centre.beforeSend = () => {};
      throw new TypeError('crash');
    };
    await expect(centre.deliver(part?.message as OutgoingMessage)).rejects.toThrow('crash');
    expect(centre.continuations).toEqual([]);
    await centre.deliver(part?.message as OutgoingMessage);
    await centre.finish();
    expect(centre.reached.size).toBe(40_000);
    const repeated = [...centre.reached.values()].filter((count) => count > 1);
    expect([repeated.length, Math.max(...repeated)]).toEqual([2 * PAGE, 2]);
  });

  test('goes on after a crash between the last write and the next message', async () => {
    const centre = new LargeCentre(40_000);
    centre.beforeSend = (messages) => {
      if (messages.some(({ body }) => String(body.type).startsWith('continue'))) throw new TypeError('crash');
    };
    await expect(fanOut(message, centre.ports)).rejects.toThrow('crash');
    centre.beforeSend = () => {};
    await fanOut(message, centre.ports);
    await centre.finish();
    expect([centre.reached.size, times(centre)]).toEqual([40_000, [1]]);
  });

  test('repeats nothing, however often its messages arrive', async () => {
    const centre = new LargeCentre(40_000);
    await fanOut(message, centre.ports);
    for (let delivery = 0; delivery < 12; delivery++) await fanOut(message, centre.ports);
    const [first] = centre.continuations;
    await centre.finish();
    await centre.deliver(first?.message as OutgoingMessage);
    await fanOut(message, centre.ports);
    expect([centre.reached.size, times(centre), centre.continuations]).toEqual([40_000, [1], []]);
  });

  test('ends each part in time, however slow the services are', async () => {
    const centre = new LargeCentre(40_000);
    centre.beforeSend = () => {
      centre.memory.now += 4_000;
    };
    const startedAt = centre.memory.now;
    await fanOut(message, centre.ports);
    expect(centre.memory.now - startedAt).toBeLessThan(20_000);
    await centre.finish();
    expect([centre.reached.size, times(centre)]).toEqual([40_000, [1]]);
  });
});

test('a reevaluate of one queue goes on with the contacts of that queue', async () => {
  const centre = new LargeCentre(40_000);
  await fanOut({ ...REEVALUATE, queueArn: QUEUE_ARN }, centre.ports);
  expect(centre.continuations.map(({ message }) => message.body)).toEqual([
    { type: 'reevaluate-queue', id: 'r-1', queueArn: QUEUE_ARN, part: 1 },
  ]);
});

test('a short reevaluate is one part of 50 contacts a second', async () => {
  const centre = new LargeCentre(2_999);
  await fanOut(REEVALUATE, centre.ports);
  expect(centre.continuations).toEqual([]);
  expect(Math.max(...centre.perSecond.values())).toBe(50);
  expect(Math.max(...centre.perSecond.keys()) - Math.floor(T0 / 1_000)).toBe(59);
});

test('a long one gets faster, up to 250 contacts a second', async () => {
  const centre = new LargeCentre(40_000);
  await fanOut(REEVALUATE, centre.ports);
  await centre.finish();
  expect(Math.max(...centre.perSecond.values())).toBeLessThanOrEqual(250);
  const lastAt = Math.max(...centre.perSecond.keys()) - T0 / 1_000;
  expect(lastAt).toBeLessThan(400);
});

test('a reevaluate of 40,000 contacts ends where a newer configuration decides: that one reaches the rest', async () => {
  const centre = new LargeCentre(40_000);
  const message = { ...REEVALUATE, configuration: { revision: 1, id: 'a' } };
  const decidedBy = (revision: number) => ({
    ...centre.memory.configuration,
    decisions: { revision, id: 'a' },
  });
  await applyRuleMessage(message, decidedBy(1), centre.ports);
  const reached = centre.reached.size;
  await applyRuleMessage({ ...message, part: 1 }, decidedBy(2), centre.ports);
  expect(centre.reached.size).toBe(reached);
  expect(centre.continuations.length).toBe(1);
});

test('a signal to a queue ends with its ttl, and reaches later contacts with what is left of it', async () => {
  const centre = new LargeCentre(40_000);
  await fanOut({ ...SIGNAL, until: atSecond(100) }, centre.ports);
  const [{ message } = { message: { body: {} } }] = centre.continuations;
  expect(message.body).toEqual({
    type: 'continue-signal',
    id: 's-1',
    queueArn: QUEUE_ARN,
    signal: 'busy',
    ttl: '100s',
    part: 1,
  });
  const reached = centre.reached.size;
  await fanOut({ ...SIGNAL, part: 1, until: centre.memory.now }, centre.ports);
  expect(centre.reached.size).toBe(reached);
});

describe('the messages of a fan-out', () => {
  const position = (centre: LargeCentre) => [...centre.memory.fanOuts.values()];

  test('say where it goes on: a part has the contacts of a minute, and the next one begins after it', async () => {
    const centre = new LargeCentre(40_000);
    const message = { ...REEVALUATE, configuration: { revision: 1, id: 'a' } };
    const reached: number[] = [];
    const delays: number[] = [];
    await fanOut(message, centre.ports);
    for (let part = 1; part <= 4; part++) {
      const [next] = centre.continuations.splice(0);
      expect(next?.message.body).toEqual({
        type: 'continue-reevaluate',
        id: 'r-1',
        configuration: { revision: 1, id: 'a' },
        part,
      });
      reached.push(centre.reached.size);
      delays.push(next?.message.delaySeconds ?? -1);
      await fanOut({ ...message, part }, centre.ports);
    }
    // 50 a second, then as many as were reached before, in a minute each.
    expect(reached).toEqual([3_000, 6_000, 12_000, 24_000]);
    expect(delays).toEqual([60, 60, 60, 60]);
    expect(position(centre)).toEqual([{ part: 5, from: '39000', sent: 39_000 }]);
  });

  test('wait until the contacts of a part had their turn, to the second', async () => {
    const centre = new LargeCentre(40_000);
    let isFirst = true;
    await fanOut(REEVALUATE, centre.ports, async (contacts) => {
      const selected = isFirst ? contacts.slice(1) : contacts;
      isFirst = false;
      return selected;
    });
    expect(position(centre)).toEqual([{ part: 1, from: '4000', sent: 3_999 }]);
    expect(centre.continuations.map(({ message }) => message.delaySeconds)).toEqual([80]);
  });

  test('that come again are sent at once', async () => {
    const centre = new LargeCentre(40_000);
    await fanOut(REEVALUATE, centre.ports);
    await fanOut(REEVALUATE, centre.ports);
    expect(centre.continuations.map(({ message }) => message.delaySeconds)).toEqual([60, 0]);
  });

  test('of a signal have no delay, and 5,000 copies in a part', async () => {
    const centre = new LargeCentre(40_000);
    await fanOut(SIGNAL, centre.ports);
    expect(position(centre)).toEqual([{ part: 1, from: '5000', sent: 5_000 }]);
    expect(centre.continuations.map(({ message }) => message)).toEqual([
      {
        body: { type: 'continue-signal', id: 's-1', queueArn: QUEUE_ARN, signal: 'busy', part: 1 },
        delaySeconds: 0,
      },
    ]);
  });

  test.each<[string, QueueSignal | ResyncAll]>([
    ['of another id', { ...SIGNAL, id: 's-2' }],
    ['to another queue', { ...SIGNAL, queueArn: `${QUEUE_ARN}-2` }],
    ['of another kind', { ...REEVALUATE, id: 's-1' }],
  ])('%s are another fan-out', async (_name, other) => {
    const centre = new LargeCentre(10);
    await fanOut(SIGNAL, centre.ports);
    await fanOut(other, centre.ports);
    expect(times(centre)).toEqual([2]);
  });

  test('of two reevaluates with ids of their own are two fan-outs', async () => {
    const centre = new LargeCentre(10);
    await fanOut(REEVALUATE, centre.ports);
    await fanOut({ ...REEVALUATE, id: 'r-2' }, centre.ports);
    expect(times(centre)).toEqual([2]);
  });

  test('go to the contacts of the queue alone, or to all', async () => {
    const asked: unknown[] = [];
    const centre = new LargeCentre(10);
    const { ports } = centre;
    const queued = ports.contacts.queued.bind(ports.contacts);
    const contacts = Object.assign(Object.create(centre.memory), {
      queued: (queueArn?: string, from?: string) => {
        asked.push(queueArn);
        return queued(queueArn, from);
      },
    });
    await fanOut(SIGNAL, { ...ports, contacts });
    await fanOut(REEVALUATE, { ...ports, contacts });
    expect(asked).toEqual([QUEUE_ARN, undefined]);
  });

  test('end a part after ten seconds', async () => {
    const centre = new LargeCentre(40_000);
    centre.beforeSend = () => {
      centre.memory.now += 5_000;
    };
    await fanOut(REEVALUATE, centre.ports);
    expect(position(centre)).toMatchObject([{ from: '2000' }]);
  });

  test.each([
    { leftMs: 1_500, ttl: '2s' },
    { leftMs: 1_000, ttl: '1s' },
    { leftMs: 1, ttl: '1s' },
    { leftMs: 0, ttl: undefined },
  ])('say how long the signal still holds, in whole seconds: %j', async ({ leftMs, ttl }) => {
    const centre = new LargeCentre(40_000);
    const seen: unknown[] = [];
    centre.beforeSend = ([message]) => seen.push(message?.body.ttl);
    await fanOut({ ...SIGNAL, until: centre.memory.now + leftMs }, centre.ports);
    expect(new Set(seen)).toEqual(new Set(ttl === undefined ? [] : [ttl]));
  });

  test('end where the signal ends in the middle of a part', async () => {
    const centre = new LargeCentre(40_000);
    centre.beforeSend = () => {
      centre.memory.now += 1_000;
    };
    await fanOut({ ...SIGNAL, until: centre.memory.now + 2_500 }, centre.ports);
    expect(position(centre)).toEqual([{ part: 1, sent: 3_000 }]);
    const last = new LargeCentre(40_000);
    last.beforeSend = () => {
      last.memory.now += 1_000;
    };
    // Its part ends in time, and nothing is left for the next one.
    await fanOut({ ...SIGNAL, until: last.memory.now + 4_500 }, last.ports);
    expect([last.reached.size, last.continuations]).toEqual([5_000, []]);
  });
});
