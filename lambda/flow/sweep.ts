import type { ContactKey } from '../domain/contact.ts';
import type { Settings } from '../domain/settings.ts';
import { stableHash } from '../domain/stable-hash.ts';
import type { Clock, ContactStore, Outbox, QueuedContact, Telemetry } from './ports.ts';
import { LOOKS_PER_SECOND, wakeUpInTurn } from './wake-up.ts';

/** Seconds from one sweep to the next. */
export const SWEEP_INTERVAL_SECONDS = 60;

/**
 * How long after its time a wake-up counts as lost. SQS hands over within a second or two; one that met a burst
 * of others takes longer, and to send it again would only make the burst greater.
 */
export const OVERDUE_AFTER_MS = 30_000;

/**
 * Sweeps in which every contact that waits has its turn to be looked at, whether it asked for it or not: whatever
 * went wrong, with a contact that was decided by old policies or in another way that nobody thought of, is put right
 * within so many minutes.
 */
export const TURNS = 15;

/** Wake-ups that fit into the time until the next sweep. More are found again by that one. */
export const MAX_WAKE_UPS = LOOKS_PER_SECOND * SWEEP_INTERVAL_SECONDS;

/** Pending changes of an instance among which the oldest is looked for: at the usual quota about a minute's work. */
const MOST_URGENT = 1_000;

/** What sweeping needs of the world. */
export interface SweepWorld {
  readonly contacts: Pick<ContactStore, 'queued' | 'pending'>;
  readonly outbox: Outbox;
  readonly telemetry: Pick<Telemetry, 'contactsSwept' | 'oldestPending'>;
  readonly clock: Pick<Clock, 'now'>;
  settings(): Promise<Settings>;
  /** Instance ids given at deploy. */
  readonly instances: readonly string[];
}

/**
 * The net under messages that get lost: has every contact looked at whose wake-up is overdue, and each that waits in
 * its turn, and tells dispatch if changes are pending. It changes nothing itself, so run twice or at the same time it only leads to looks that find
 * nothing to do.
 *
 * @throws what either half threw. Neither keeps the other from its work.
 */
export async function sweep(world: SweepWorld): Promise<void> {
  const halves = await Promise.allSettled([wakeOverdue(world), kickPending(world)]);
  for (const half of halves) if (half.status === 'rejected') throw half.reason;
}

async function wakeOverdue({ contacts, outbox, telemetry, clock }: SweepWorld): Promise<void> {
  const began = clock.now();
  const interval = intervalOf(began);
  const isOverdue = ({ wakeAt = Number.POSITIVE_INFINITY }: QueuedContact) =>
    wakeAt < began - OVERDUE_AFTER_MS;
  let [waiting, overdue, sent] = [0, 0, 0];
  for await (const page of contacts.queued()) {
    const messages = page
      .filter((contact) => isOverdue(contact) || hasItsTurn(contact, interval))
      .slice(0, MAX_WAKE_UPS - sent)
      .map((key, index) => wakeUpInTurn(key, sent + index, clock.now()));
    await outbox.sendRuleMessages(messages);
    waiting += page.length;
    overdue += page.filter(isOverdue).length;
    sent += messages.length;
  }
  telemetry.contactsSwept(waiting, overdue);
}

/** The contacts are spread evenly over the sweeps, without anything being kept of it. */
function hasItsTurn({ contactId }: ContactKey, interval: number): boolean {
  return stableHash(contactId) % TURNS === interval % TURNS;
}

function intervalOf(now: number): number {
  return Math.floor(now / (SWEEP_INTERVAL_SECONDS * 1_000));
}

/**
 * One kick is enough: dispatch works off all that is pending, whoever it was that told it. While the kill switch is
 * on it would do nothing, and changes that somebody holds back on purpose are not stuck.
 */
async function kickPending(world: SweepWorld): Promise<void> {
  const { contacts, outbox, telemetry, clock } = world;
  const { pause, instances = world.instances } = await world.settings();
  if (pause) return;
  const pending = (await Promise.all(instances.map((id) => contacts.pending(id, MOST_URGENT)))).flat();
  const now = clock.now();
  const ages = pending.map(({ dueAt = now }) => now - dueAt);
  telemetry.oldestPending(Math.floor(Math.max(0, ...ages) / 1_000));
  const [mostUrgent] = pending;
  // Sweeps of the same interval kick once: FIFO queues take what is sent twice for one.
  if (mostUrgent) await outbox.kick(mostUrgent, `sweep@${intervalOf(now)}`);
}
