import { beforeAll, describe, expect, test } from '@jest/globals';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import type { OutgoingMessage } from '../../../lambda/flow/ports.ts';
import { context, T0 } from '../../support/contacts.ts';
import { deliverWakeUp, enqueue } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

const CONTACTS = 1_200;
const OUTAGE_MS = 3_600_000;
const POLICIES = {
  gold: {
    precedence: 1,
    match: { tags: { tier: ['gold'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
  others: { steps: [{ after: '0s', set: { priority: 3 } }] },
};
const isGold = (contactId: string) => Number(contactId.slice(2)) % 10 === 0;

let memory: MemoryPorts;
/** Seconds since the beginning, of each call. */
let seconds: number[];
const backAt = OUTAGE_MS / 1_000;

/** Delivers the wake-ups that are due, and leaves the others. */
async function deliver(timers: { at: number; message: OutgoingMessage }[]): Promise<void> {
  for (const message of memory.sent.splice(0)) {
    timers.push({ at: memory.now + message.delaySeconds * 1_000, message });
  }
  const due = timers.filter(({ at }) => at <= memory.now);
  timers.splice(0, timers.length, ...timers.filter(({ at }) => at > memory.now));
  for (const { message } of due) await deliverWakeUp(memory, message);
}

/** Connect answers nothing for an hour, while a whole centre waits to be raised; then it is back. */
beforeAll(async () => {
  memory = new MemoryPorts(context(POLICIES, { checkBeforeFirstChange: false }));
  memory.updateResult = () =>
    memory.now < T0 + OUTAGE_MS ? { kind: 'unknown', message: 'internal error' } : { kind: 'done' };
  for (let index = 0; index < CONTACTS; index++) {
    const tier = isGold(`c-${index}`) ? 'gold' : 'none';
    await enqueue(memory, `c-${index}`, { tags: { at: T0, value: { tier } } });
  }
  const dispatch = memory.dispatchPorts;
  const timers: { at: number; message: OutgoingMessage }[] = [];
  const end = T0 + OUTAGE_MS + 600_000;
  while (memory.now < end) {
    await deliver(timers);
    const until = memory.now + 1_000;
    await dispatchPending(memory.dispatchNotifications.splice(0, 10), dispatch, until);
    // What is due is delivered every second, as rule-messages does beside dispatch.
    memory.now = Math.max(memory.now, until);
  }
  seconds = memory.calls.map(({ at }) => (at - T0) / 1_000);
}, 240_000);

describe('an outage of Connect of an hour', () => {
  test('is probed with little more than one call in two seconds, not flooded at the full rate', () => {
    const during = seconds.filter((at) => at >= 60 && at < backAt);
    expect(during.length).toBeGreaterThan(1_000);
    expect(during.length).toBeLessThan(0.65 * backAt);
  });

  test('is followed by no stampede: the rate climbs over two minutes and never exceeds the quota', () => {
    const after = seconds.filter((at) => at >= backAt).map((at) => Math.floor(at - backAt));
    const perSecond = (from: number, to: number) =>
      after.filter((second) => second >= from && second < to).length / (to - from);
    expect(perSecond(0, 10)).toBeLessThan(3);
    expect(perSecond(10, 60)).toBeLessThan(11);
    for (let from = 0; from < 300; from++) expect(perSecond(from, from + 10)).toBeLessThanOrEqual(18.1);
  });

  test('loses nothing: in the end every contact has its desired routing, the most urgent first', () => {
    const have = [...memory.items.values()].map(({ record }) => record.status?.applied.priority);
    const tally = Map.groupBy(have, (priority) => priority);
    expect([tally.get(1)?.length, tally.get(3)?.length]).toEqual([CONTACTS / 10, CONTACTS - CONTACTS / 10]);
    const done = memory.calls.filter(({ at }) => at >= T0 + OUTAGE_MS);
    expect(done.length).toBe(CONTACTS);
    const lastAt = (gold: boolean) =>
      Math.max(...done.filter(({ contactId }) => isGold(contactId) === gold).map(({ at }) => at)) - T0;
    // Those that had just failed wait for their next try, at most a minute.
    expect(lastAt(true) - OUTAGE_MS).toBeLessThan(75_000);
    expect(lastAt(false) - OUTAGE_MS).toBeGreaterThan(90_000);
  });
});
