import type { ContactKey } from '../domain/contact/contact-key.ts';
import { POLL_INTERVAL_SECONDS, SWEEP_INTERVAL_SECONDS } from '../domain/deployment-constants.ts';
import { without } from '../domain/json.ts';
import { measurePending } from '../domain/reconcile/pending-measure.ts';
import { type Settings, updateLimits } from '../domain/settings.ts';
import { stableHash } from '../domain/stable-hash.ts';
import { type AdoptPorts, adoptMessage, findWaiting } from './adopt.ts';
import type {
  Clock,
  ContactStore,
  IndexedContact,
  Outbox,
  QueuedContact,
  QuotaStore,
  SweepPosition,
  SweepPositionStore,
  Telemetry,
} from './ports.ts';
import { throwReasons } from './reasons.ts';
import { MAX_RECONCILES_PER_SECOND, RECONCILES_PER_SECOND, staggeredWakeUp } from './wake-up.ts';

/**
 * How long after its time a wake-up counts as lost. SQS delivers within a second or two. In a burst it takes longer,
 * and to send the wake-up again would only make the burst greater.
 */
const OVERDUE_AFTER_MS = 30_000;

/**
 * Sweeps within which every queued contact is resynced, that is, reconciled without a cause: a contact that was decided
 * by old policies, or went wrong in a way that nobody thought of, is corrected within so many minutes.
 */
export const RESYNC_SWEEPS = 15;

/**
 * A sweep goes no further through the contacts after this time: what is left of its 45 seconds is for the page that it
 * has begun. The next sweep goes on where it stopped.
 */
const MAX_WALK_MS = 30_000;

const PENDING_LISTS = ['updates', 'questions'] as const;

/**
 * The most urgent pending changes of a list of an instance, among which the oldest is measured: about a minute's work at
 * the default quota.
 */
const PENDING_SAMPLE_SIZE = 1_000;

/** What a sweep needs from outside. */
export interface SweepPorts {
  readonly contacts: Pick<ContactStore, 'queued' | 'pending' | 'loadMany'>;
  readonly search: AdoptPorts['search'];
  readonly outbox: Outbox;
  /** Its state tells when dispatch last made calls. */
  readonly quota: Pick<QuotaStore, 'load'>;
  readonly position: SweepPositionStore;
  readonly telemetry: Pick<
    Telemetry,
    'contactsSwept' | 'pendingMeasured' | 'rateMeasured' | 'contactsFound' | 'searchFailed'
  >;
  readonly clock: Clock;
  /** The Region of this deployment. */
  readonly region: string;
  settings(): Promise<Settings>;
  /** Whether some policy names a condition, so that the load of queues is read. */
  usesConditions(): Promise<boolean>;
  /** Instance ids given at deploy. */
  readonly instances: readonly string[];
}

/**
 * Recovers from lost messages: it sends a wake-up to every contact whose own is overdue, and to each queued contact
 * that has its turn for a resync, and notifies dispatch if changes are pending. It changes no record, so a second sweep
 * at the same time only leads to reconciles that find nothing to do.
 *
 * Where policies name conditions it schedules the polls of a minute. With the setting `adopt` it also looks for contacts that wait unknown.
 *
 * @throws what a part threw; AggregateError where several did. No part stops another.
 */
export async function sweep(ports: SweepPorts): Promise<void> {
  throwReasons(
    await Promise.allSettled([
      wakeOverdue(ports),
      notifyIfPending(ports),
      adoptUnknown(ports),
      schedulePolls(ports),
    ]),
  );
}

/** Has the load of queues read, several times until the next sweep, where some policy names a condition. */
async function schedulePolls({ outbox, clock, usesConditions }: SweepPorts): Promise<void> {
  if (!(await usesConditions())) return;
  const polls = Array.from({ length: SWEEP_INTERVAL_SECONDS / POLL_INTERVAL_SECONDS }, (_, index) => {
    const delaySeconds = index * POLL_INTERVAL_SECONDS;
    const pollAt = new Date(clock.now() + delaySeconds * 1_000).toISOString();
    return { body: { type: 'poll', pollAt }, delaySeconds };
  });
  await outbox.sendWakeUps(polls);
}

/**
 * Goes through the contacts that wait, from where the last sweep stopped. It wakes those whose wake-up is overdue, and in
 * each lap those of another fifteenth. Where its wake-ups are used up, the next sweep goes on, so that each contact has its
 * turn, however many wait; the rest is counted, as far as there is time.
 */
async function wakeOverdue(ports: SweepPorts): Promise<void> {
  const { position, clock } = ports;
  const stored = await position.load();
  const before = stored ?? { lap: intervalOf(clock.now()), counted: 0, waiting: 0 };
  try {
    await position.save(await walk(before, ports));
  } catch (error) {
    // The position may be what cannot be read, such as one that other code stored.
    if (before.from !== undefined) await position.save({ ...without(before, 'from'), counted: 0 });
    throw error;
  }
}

/** @returns the position for the next sweep. */
async function walk(before: SweepPosition, ports: SweepPorts): Promise<SweepPosition> {
  const { contacts, outbox, telemetry, clock } = ports;
  const { lap, waiting } = before;
  const startedAt = clock.now();
  const perSecond = wakeUpsPerSecond(waiting);
  const isOverdue = ({ reconcileAt = Number.POSITIVE_INFINITY }: QueuedContact) =>
    reconcileAt < startedAt - OVERDUE_AFTER_MS;
  const isInTurn = ({ contactId }: ContactKey) =>
    stableHash(contactId) % RESYNC_SWEEPS === lap % RESYNC_SWEEPS;
  let counted = before.counted;
  let overdue = 0;
  let sent = 0;
  /** Where the next sweep goes on. */
  let stop: Pick<SweepPosition, 'from' | 'counted'> | undefined;
  let isCounted = true;
  for await (const { contacts: page, next } of contacts.queued(undefined, before.from)) {
    counted += page.length;
    overdue += page.filter(isOverdue).length;
    if (!stop) {
      const messages = page
        .filter((contact) => isOverdue(contact) || isInTurn(contact))
        .map((key, index) => staggeredWakeUp(key, sent + index, clock.now(), perSecond));
      await outbox.sendWakeUps(messages);
      sent += messages.length;
    }
    if (next === undefined) break;
    const isTimeUp = clock.now() - startedAt >= MAX_WALK_MS;
    if (isTimeUp || sent >= perSecond * SWEEP_INTERVAL_SECONDS) stop ??= { from: next, counted };
    if (isTimeUp) {
      isCounted = false;
      break;
    }
  }
  const known = isCounted ? counted : Math.max(counted, waiting);
  telemetry.contactsSwept(known, overdue);
  return stop ? { lap, ...stop, waiting: known } : { lap: lap + 1, counted: 0, waiting: known };
}

/** Beyond an exact fifteenth: fifteenths by chance are not equal, and a few wake-ups are overdue. */
const RESERVE = 1.1;

/** As many as let each contact have its turn in fifteen sweeps, within bounds. */
function wakeUpsPerSecond(waiting: number): number {
  const needed = (RESERVE * waiting) / (RESYNC_SWEEPS * SWEEP_INTERVAL_SECONDS);
  return Math.min(MAX_RECONCILES_PER_SECOND, Math.max(RECONCILES_PER_SECOND, needed));
}

/** Pages of a search in one sweep: they take 18 seconds by their interval alone, of the sweep's 45. */
const MAX_SEARCHES = 10;

const DAY_MS = 86_400_000;

/**
 * Each sweep searches one of the last fifteen days, as contacts were initiated, so that each day is searched every 15
 * minutes without any state. Contacts that have waited for longer are found by `escalator adopt`.
 */
async function adoptUnknown(ports: SweepPorts): Promise<void> {
  const { search, contacts, outbox, telemetry, clock, region } = ports;
  const { adopt, pause, instances = ports.instances } = await ports.settings();
  if (!adopt || pause) return;
  const now = clock.now();
  const interval = intervalOf(now);
  const to = now - (interval % RESYNC_SWEEPS) * DAY_MS;
  // Another instance is the first one each time, so that each has its turn.
  const first = Math.floor(interval / RESYNC_SWEEPS) % Math.max(1, instances.length);
  const inTurn = [...instances.slice(first), ...instances.slice(0, first)];
  const sleep = (durationMs: number) => clock.sleep(durationMs);
  // A pause that begins in the middle stops the searches, too.
  const isPaused = async () => (await ports.settings()).pause;
  let searches = 0;
  let unknown = 0;
  let isComplete = true;
  try {
    const range = { from: to - DAY_MS, to };
    for await (const page of findWaiting(inTurn, range, { search, contacts, sleep, region })) {
      const found = page.contacts.filter(({ isUnknown }) => isUnknown);
      await outbox.sendWakeUps(found.map(adoptMessage));
      unknown += found.length;
      searches += 1;
      isComplete = page.isLast || (searches < MAX_SEARCHES && !(await isPaused()));
      if (!isComplete) break;
    }
  } catch (error) {
    telemetry.searchFailed(error);
    return;
  }
  telemetry.contactsFound(unknown, isComplete);
}

function intervalOf(now: number): number {
  return Math.floor(now / (SWEEP_INTERVAL_SECONDS * 1_000));
}

/**
 * Notifies dispatch once, since it sends all that is pending, and measures what is pending. While the kill switch is on
 * there is nothing to do: changes that an operator holds back on purpose are not stuck.
 */
async function notifyIfPending(ports: SweepPorts): Promise<void> {
  const { contacts, outbox, telemetry, clock } = ports;
  const settings = await ports.settings();
  const { pause, instances = ports.instances } = settings;
  telemetry.rateMeasured(pause ? 0 : updateLimits(settings).ratePerSecond);
  if (pause) return;
  const pending = (
    await Promise.all(
      instances.flatMap((id) =>
        PENDING_LISTS.map((list) => contacts.pending(id, list, PENDING_SAMPLE_SIZE, clock.now())),
      ),
    )
  ).flat();
  const [mostUrgent] = pending;
  // Two sweeps in one interval notify once: the FIFO queue deduplicates.
  const notification = mostUrgent && outbox.notifyDispatch(mostUrgent, `sweep@${intervalOf(clock.now())}`);
  throwReasons(await Promise.allSettled([notification, measure(pending, ports)]));
}

/** Asks for the last call after the index was read: what was called meanwhile is not stuck. */
async function measure(pending: readonly IndexedContact[], ports: SweepPorts): Promise<void> {
  const { quota, telemetry, clock } = ports;
  const { state } = (await quota.load()) ?? {};
  const lastCallAt = state && Math.max(state.update.at, state.describe.at);
  const dueAt = pending.map((contact) => contact.dueAt);
  telemetry.pendingMeasured(measurePending(dueAt, lastCallAt, clock.now()));
}
