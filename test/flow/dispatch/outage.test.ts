import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { mergeEvent } from '../../../lambda/domain/contact/merge.ts';
import { applyMessage } from '../../../lambda/domain/messages/apply-message.ts';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import type { OutgoingMessage } from '../../../lambda/flow/ports.ts';
import { reconcile } from '../../../lambda/flow/reconcile.ts';
import { context, KEY, queuedContact, T0 } from '../../support/contacts.ts';
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

let world: MemoryPorts;
/** Seconds since the beginning, of each call. */
let seconds: number[];
const backAt = OUTAGE_MS / 1_000;

async function arrive(contactId: string): Promise<void> {
  const key = { ...KEY, contactId };
  const tags = { at: T0, value: { tier: isGold(contactId) ? 'gold' : 'none' } };
  const facts = { ...(queuedContact({ tags }).facts as ContactFacts), ...key };
  await reconcile(key, (record) => mergeEvent(record, facts), world.configuration, world.reconcilePorts);
}

/** Delivers the wake-ups that are due, and leaves the others. */
async function deliver(timers: { at: number; message: OutgoingMessage }[]): Promise<void> {
  for (const message of world.sent.splice(0)) {
    timers.push({ at: world.now + message.delaySeconds * 1_000, message });
  }
  const due = timers.filter(({ at }) => at <= world.now);
  timers.splice(0, timers.length, ...timers.filter(({ at }) => at > world.now));
  for (const { message } of due) {
    const { contactId, wakeAt } = message.body as { contactId: string; wakeAt: string };
    const wake = { ...KEY, contactId, type: 'wake' as const, wakeAt: Date.parse(wakeAt) };
    await reconcile(
      wake,
      (record, now) => applyMessage(record, wake, now),
      world.configuration,
      world.reconcilePorts,
    );
  }
}

/** Connect answers nothing for an hour, while a whole centre waits to be raised; then it is back. */
beforeAll(async () => {
  world = new MemoryPorts(context(POLICIES, { checkBeforeFirstChange: false }));
  world.updateResult = () =>
    world.now < T0 + OUTAGE_MS ? { kind: 'unknown', message: 'internal error' } : { kind: 'done' };
  for (let index = 0; index < CONTACTS; index++) await arrive(`c-${index}`);
  const dispatch = world.dispatchPorts;
  const timers: { at: number; message: OutgoingMessage }[] = [];
  const end = T0 + OUTAGE_MS + 600_000;
  while (world.now < end) {
    await deliver(timers);
    const until = world.now + 1_000;
    await dispatchPending(world.dispatchNotifications.splice(0, 10), dispatch, until);
    // What is due is delivered every second, as rule-messages does beside dispatch.
    world.now = Math.max(world.now, until);
  }
  seconds = world.calls.map(({ at }) => (at - T0) / 1_000);
}, 60_000);

describe('an outage of Connect of an hour', () => {
  test('is probed with little more than one call in two seconds, not run against at full rate', () => {
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

  test('loses nothing: in the end every contact has what its policy wants, the most urgent first', () => {
    const have = [...world.items.values()].map(({ record }) => record.status?.applied.priority);
    const tally = Map.groupBy(have, (priority) => priority);
    expect([tally.get(1)?.length, tally.get(3)?.length]).toEqual([CONTACTS / 10, CONTACTS - CONTACTS / 10]);
    const done = world.calls.filter(({ at }) => at >= T0 + OUTAGE_MS);
    expect(done.length).toBe(CONTACTS);
    const lastAt = (gold: boolean) =>
      Math.max(...done.filter(({ contactId }) => isGold(contactId) === gold).map(({ at }) => at)) - T0;
    // Those that had just failed wait for their next try, at most a minute.
    expect(lastAt(true) - OUTAGE_MS).toBeLessThan(75_000);
    expect(lastAt(false) - OUTAGE_MS).toBeGreaterThan(90_000);
  });
});
