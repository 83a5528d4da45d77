import type { ContactKey } from '../domain/contact.ts';
import { awaitsLook, hasWork, urgencyOf } from '../domain/dealings.ts';
import type { Settings } from '../domain/settings.ts';
import { type AttendWorld, attend } from './attend.ts';
import { lookAt } from './look-at.ts';
import type { PendingContact, StoredContact } from './ports.ts';

/** What draining needs of the world. */
export interface DrainWorld extends AttendWorld {
  settings(): Promise<Settings>;
  /** Instance ids given at deploy. */
  readonly instances: readonly string[];
}

/** Why a drain ended. */
export type DrainEnd =
  /** Nothing is left to do. */
  | 'empty'
  /** The time was up; dispatch has been told to go on. */
  | 'time-up'
  /** The kill switch is on; everything stays pending. */
  | 'paused'
  /** Connect denied access; everything stays pending. */
  | 'denied';

/** Contacts attended to side by side: enough to keep the pace over the latency of a call, few enough to stay in order. */
export const SIDE_BY_SIDE = 10;

/** How long the index of pending contacts may still show one whose work was just done, or not yet show one. */
const INDEX_LAG_MS = 2_000;

/** After access was denied, dispatch looks again so much later. */
const DENIED_RETRY_SECONDS = 60;

/** A contact for which something failed is looked at again so much later. */
const FAILED_RETRY_SECONDS = 10;

/**
 * Does the pending work until nothing is left or the time is up: the instances share the quota evenly, and of each
 * the most urgent goes first. The contacts named by the messages are read directly, beside the index of pending
 * work, which lags. The order is taken anew each round, so what becomes urgent meanwhile goes first. Contacts that
 * failed are looked at again later; when not even that can be arranged, the drain fails, and its messages come again.
 *
 * @param named - contacts that messages say have work.
 * @param deadlineAt - no round begins after it; milliseconds since the epoch.
 */
export async function drain(
  named: readonly ContactKey[],
  world: DrainWorld,
  deadlineAt: number,
): Promise<DrainEnd> {
  const lately = new Lately();
  const failed = new Map<string, ContactKey>();
  const indexShowsNamedAt = world.clock.now() + INDEX_LAG_MS;
  for (;;) {
    const settings = await world.settings();
    if (settings.pause) return 'paused';
    const began = world.clock.now();
    const instances = settings.instances ?? world.instances;
    const served = named.filter(({ instanceId }) => instances.includes(instanceId));
    const direct = began < indexShowsNamedAt ? served.filter((key) => !lately.has(key, began)) : [];
    const { waiting, idle } = await pendingWork(direct, instances, lately, world);
    lately.add(idle, world.clock.now());
    const [mostUrgent] = waiting;
    if (!mostUrgent && idle.length === 0) {
      for (const key of failed.values()) await lookAt(key, began + FAILED_RETRY_SECONDS * 1_000, world);
      return 'empty';
    }
    if (mostUrgent && world.clock.now() >= deadlineAt) {
      await world.outbox.kick(mostUrgent, `time-up@${world.clock.now()}`);
      return 'time-up';
    }
    const round = await attend(
      waiting.slice(0, SIDE_BY_SIDE).map(({ stored }) => stored),
      settings,
      world,
    );
    if (mostUrgent && round.denied) {
      await lookAt(mostUrgent, world.clock.now() + DENIED_RETRY_SECONDS * 1_000, world);
      return 'denied';
    }
    const now = world.clock.now();
    lately.add(round.finished, now);
    for (const key of round.finished) failed.delete(keyText(key));
    for (const key of round.failed) failed.set(keyText(key), keyOf(key));
    if (round.waitMs > 0) await world.clock.sleep(Math.min(round.waitMs, Math.max(0, deadlineAt - now)));
  }
}

/** Contacts whose work was done, or that turned out to have none, so lately that the index may still show them. */
class Lately {
  readonly #done = new Map<string, { readonly at: number; readonly dueAt: number }>();

  add(contacts: readonly PendingContact[], now: number): void {
    for (const contact of contacts) {
      this.#done.set(keyText(contact), { at: now, dueAt: contact.dueAt ?? Number.POSITIVE_INFINITY });
    }
  }

  /** Work that fell due after what was done is new: the index lags, and never runs ahead. */
  has(contact: PendingContact, now: number): boolean {
    const done = this.#done.get(keyText(contact));
    return done !== undefined && now - done.at < INDEX_LAG_MS && (contact.dueAt ?? 0) <= done.dueAt;
  }

  /** How many there are. Those of longer ago are forgotten. */
  count(now: number): number {
    for (const [key, { at }] of this.#done) if (now - at >= INDEX_LAG_MS) this.#done.delete(key);
    return this.#done.size;
  }
}

interface Waiting extends ContactKey {
  readonly stored: StoredContact;
}

/**
 * The contacts that have work now, as their records say, in the order in which they are to be served; and those that
 * were looked at and have none. As many more are taken from the index as it may still show in vain, so that these
 * never hide the others.
 */
async function pendingWork(
  direct: readonly ContactKey[],
  instances: readonly string[],
  lately: Lately,
  world: DrainWorld,
): Promise<{ waiting: Waiting[]; idle: PendingContact[] }> {
  const limit = SIDE_BY_SIDE + lately.count(world.clock.now());
  const indexed = await Promise.all(instances.map((id) => world.contacts.pending(id, limit)));
  const now = world.clock.now();
  const fresh = indexed.flatMap((keys) => keys.filter((key) => !lately.has(key, now)).slice(0, SIDE_BY_SIDE));
  const keys = new Map([...direct, ...fresh].map((key): [string, PendingContact] => [keyText(key), key]));
  const read = keys.size === 0 ? [] : await world.contacts.loadMany([...keys.values()]);
  // The look of those that await one tells dispatch again.
  const working = read.filter(({ record }) => hasWork(record, now) && !awaitsLook(record, now));
  const waiting = working
    .map((stored) => ({ stored, urgency: urgencyOf(stored.record, now) ?? '' }))
    .sort((a, b) => (a.urgency < b.urgency ? -1 : a.urgency > b.urgency ? 1 : 0))
    .map(({ stored }) => ({ ...keyOf(stored.record), stored }));
  for (const { record } of working) keys.delete(keyText(record));
  const recordedDueAt = new Map(read.map(({ record }) => [keyText(record), record.decision?.dueAt]));
  const idle = [...keys].map(([text, { instanceId, contactId, dueAt = 0 }]) => {
    const recorded = recordedDueAt.get(text);
    return recorded === undefined
      ? { instanceId, contactId }
      : { instanceId, contactId, dueAt: Math.max(recorded, dueAt) };
  });
  return { waiting: world.shares.order(waiting), idle };
}

function keyOf({ instanceId, contactId }: ContactKey): ContactKey {
  return { instanceId, contactId };
}

/** Distinct for distinct contacts. */
export function keyText(key: ContactKey): string {
  return `${key.instanceId}#${key.contactId}`;
}
