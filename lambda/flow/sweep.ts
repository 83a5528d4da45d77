import type { Settings } from '../domain/settings.ts';
import type { Clock, ContactStore, Outbox, Telemetry } from './ports.ts';
import { LOOKS_PER_SECOND, wakeUpInTurn } from './wake-up.ts';

/** Seconds from one sweep to the next. */
export const SWEEP_INTERVAL_SECONDS = 60;

/**
 * How long after its time a wake-up counts as lost. SQS hands over within a second or two; one that met a burst
 * of others takes longer, and to send it again would only make the burst greater.
 */
export const OVERDUE_AFTER_MS = 30_000;

/** Wake-ups that fit into the time until the next sweep. More are found again by that one. */
export const MAX_WAKE_UPS = LOOKS_PER_SECOND * SWEEP_INTERVAL_SECONDS;

/** Pending changes among which the oldest is looked for: at the usual quota about a minute's work. */
const MOST_URGENT = 1_000;

/** What sweeping needs of the world. */
export interface SweepWorld {
  readonly contacts: Pick<ContactStore, 'overdue' | 'pending'>;
  readonly outbox: Outbox;
  readonly telemetry: Pick<Telemetry, 'contactsSwept' | 'oldestPending'>;
  readonly clock: Pick<Clock, 'now'>;
  settings(): Promise<Settings>;
}

/**
 * The net under messages that get lost: has every contact looked at whose wake-up is overdue, and tells dispatch if
 * changes are pending. It changes nothing itself, so run twice or at the same time it only leads to looks that find
 * nothing to do.
 *
 * @throws what either half threw. Neither keeps the other from its work.
 */
export async function sweep(world: SweepWorld): Promise<void> {
  const halves = await Promise.allSettled([wakeOverdue(world), kickPending(world)]);
  for (const half of halves) if (half.status === 'rejected') throw half.reason;
}

async function wakeOverdue({ contacts, outbox, telemetry, clock }: SweepWorld): Promise<void> {
  let waiting = 0;
  let overdue = 0;
  for await (const page of contacts.overdue(clock.now() - OVERDUE_AFTER_MS)) {
    const now = clock.now();
    const messages = page.overdue
      .slice(0, Math.max(0, MAX_WAKE_UPS - overdue))
      .map((key, index) => wakeUpInTurn(key, overdue + index, now));
    await outbox.sendRuleMessages(messages);
    waiting += page.waiting;
    overdue += page.overdue.length;
  }
  telemetry.contactsSwept(waiting, overdue);
}

/**
 * One kick is enough: dispatch works off all that is pending, whoever it was that told it. While the kill switch is
 * on it would do nothing, and changes that somebody holds back on purpose are not stuck.
 */
async function kickPending({ contacts, outbox, telemetry, clock, settings }: SweepWorld): Promise<void> {
  if ((await settings()).pause) return;
  const pending = await contacts.pending(MOST_URGENT);
  const now = clock.now();
  const ages = pending.map(({ dueAt = now }) => now - dueAt);
  telemetry.oldestPending(Math.floor(Math.max(0, ...ages) / 1_000));
  const [mostUrgent] = pending;
  const interval = Math.floor(now / (SWEEP_INTERVAL_SECONDS * 1_000));
  // Sweeps of the same interval kick once: FIFO queues take what is sent twice for one.
  if (mostUrgent) await outbox.kick(mostUrgent, `sweep@${interval}`);
}
