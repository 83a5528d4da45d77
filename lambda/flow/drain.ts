import type { ContactKey } from '../domain/contact.ts';
import { hasWork, urgencyOf } from '../domain/dealings.ts';
import type { Settings } from '../domain/settings.ts';
import { type AttendWorld, attend } from './attend.ts';
import type { StoredContact } from './ports.ts';

/** What draining needs of the world. */
export interface DrainWorld extends AttendWorld {
  settings(): Promise<Settings>;
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
const SIDE_BY_SIDE = 10;

/** How long the index of pending contacts may still show one whose work was just done. */
const INDEX_LAG_MS = 2_000;

/** After access was denied, dispatch looks again so much later. */
const DENIED_RETRY_SECONDS = 60;

/**
 * Does the pending work, most urgent first, until nothing is left or the time is up. The contacts named by the
 * messages are read directly, beside the index of pending work, which lags. The order is taken anew each round,
 * so what becomes urgent meanwhile goes first.
 *
 * @param named - contacts that messages say have work.
 * @param deadlineAt - no round begins after it; milliseconds since the epoch.
 */
export async function drain(
  named: readonly ContactKey[],
  world: DrainWorld,
  deadlineAt: number,
): Promise<DrainEnd> {
  const attendedAt = new Map<string, number>();
  let direct = named;
  for (;;) {
    const settings = await world.settings();
    if (settings.pause) return 'paused';
    const waiting = await pendingWork(direct, attendedAt, world);
    const [mostUrgent] = waiting;
    if (!mostUrgent) return 'empty';
    if (world.clock.now() >= deadlineAt) {
      await world.outbox.kick(mostUrgent.record, `time-up@${world.clock.now()}`);
      return 'time-up';
    }
    const round = await attend(waiting.slice(0, SIDE_BY_SIDE), settings, world);
    if (round.denied) {
      await lookAgain(mostUrgent.record, world);
      return 'denied';
    }
    const now = world.clock.now();
    for (const key of round.finished) attendedAt.set(keyText(key), now);
    // What was named and is still to be done is read directly again: the index may not show it yet.
    direct = waiting.map(({ record }) => record).filter((record) => !attendedAt.has(keyText(record)));
    if (round.waitMs > 0) await world.clock.sleep(Math.min(round.waitMs, Math.max(0, deadlineAt - now)));
  }
}

/** The contacts that have work now, as their records say, most urgent first. */
async function pendingWork(
  direct: readonly ContactKey[],
  attendedAt: ReadonlyMap<string, number>,
  world: DrainWorld,
): Promise<StoredContact[]> {
  const indexed = await world.contacts.pending(SIDE_BY_SIDE);
  const now = world.clock.now();
  const settledLately = (key: ContactKey) => now - (attendedAt.get(keyText(key)) ?? 0) < INDEX_LAG_MS;
  const keys = new Map(
    [...direct, ...indexed.filter((key) => !settledLately(key))].map((key) => [keyText(key), key]),
  );
  const stored = keys.size === 0 ? [] : await world.contacts.loadMany([...keys.values()]);
  return stored
    .filter(({ record }) => hasWork(record, now))
    .map((contact) => ({ contact, urgency: urgencyOf(contact.record, now) ?? '' }))
    .sort((a, b) => (a.urgency < b.urgency ? -1 : a.urgency > b.urgency ? 1 : 0))
    .map(({ contact }) => contact);
}

async function lookAgain({ instanceId, contactId }: ContactKey, world: DrainWorld): Promise<void> {
  const wakeAt = new Date(world.clock.now() + DENIED_RETRY_SECONDS * 1_000).toISOString();
  await world.outbox.sendRuleMessages([
    { body: { type: 'wake', instanceId, contactId, wakeAt }, delaySeconds: DENIED_RETRY_SECONDS },
  ]);
}

/** Distinct for distinct contacts. */
export function keyText(key: ContactKey): string {
  return `${key.instanceId}#${key.contactId}`;
}
