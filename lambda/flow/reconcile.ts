import { reopen } from '../domain/contact/closure.ts';
import { onlyConfirms } from '../domain/contact/confirmations.ts';
import type { ContactKey } from '../domain/contact/contact-key.ts';
import { currentQueue, isOfAgent } from '../domain/contact/facts.ts';
import type { ContactRecord } from '../domain/contact/record.ts';
import { expiresTooSoon } from '../domain/contact/retention.ts';
import { defined, sameJson, without } from '../domain/json.ts';
import { applyPlan } from '../domain/reconcile/apply-plan.ts';
import { indexEntries } from '../domain/reconcile/index-entries.ts';
import { reportReconcile } from '../domain/reconcile/outcome.ts';
import { type Plan, plan } from '../domain/reconcile/plan.ts';
import { timerFor } from '../domain/reconcile/schedule.ts';
import { shadowChanges } from '../domain/reconcile/shadows.ts';
import type { Report } from '../domain/reports/report.ts';
import { withUnsentEvents } from '../domain/reports/unsent.ts';
import type { BackOff } from './back-off.ts';
import { ContendedContactError } from './errors.ts';
import type {
  Clock,
  Configuration,
  ContactStore,
  CustomerContactsStore,
  Outbox,
  QueueStateStore,
  Telemetry,
} from './ports.ts';
import { nameRequest } from './queue-names.ts';
import { withQueueState } from './queue-state.ts';
import { withRecentContacts } from './recent-contacts.ts';
import { logReports, type ReportTelemetry } from './reports.ts';
import { staffingRequest } from './staffing.ts';
import { handOn, withChain } from './transfer-chain.ts';
import { wakeUpMessage } from './wake-up.ts';

/** What a reconcile needs from outside. */
export interface ReconcilePorts extends BackOff {
  readonly contacts: ContactStore;
  readonly queueStates: Pick<QueueStateStore, 'load'>;
  readonly customers: CustomerContactsStore;
  readonly outbox: Outbox;
  readonly clock: Pick<Clock, 'now'>;
  readonly telemetry: Pick<
    Telemetry,
    'shadowChanged' | 'chainUnreadable' | 'signalsDropped' | 'recentContactsUnknown' | keyof ReportTelemetry
  >;
  configuration(): Promise<Configuration>;
  /** The Region of this deployment. */
  readonly region: string;
  /** Instance ids given at deploy. */
  readonly instances: readonly string[];
}

/**
 * Of twenty executions with ten messages each for one contact, none fails: `test/flow/contention.test.ts`. All tries
 * together wait 14 seconds at most, of the 30 that a function has.
 */
const MAX_TRIES = 16;

/** Notifications for an unchanged contact that are further apart than this are not duplicates. */
const NOTIFICATION_INTERVAL_MS = 10_000;

/**
 * What every handler does: merges new facts into the contact's record, computes its plan, and acts on the difference
 * between the desired and the applied routing. The timer is set before the record is saved, and dispatch is notified
 * after it: a crash in between leaves at worst a redundant timer, or leads to a retry that notifies dispatch again,
 * never a contact without a scheduled reconcile.
 *
 * @param merge - adds the new facts; called again after a conflict.
 * @param options - `isWakeUp`: what the contacts before it hand on is read again, in case a message was lost;
 *   `customerId`: the customer, as an event names them; `changesTags`: an event says that tags changed, so that their time
 *   is written even where they are the same, and one that is late cannot take them back; `reportsOf`: what there is to
 *   report of the new facts themselves, by the record with them.
 * @throws ContendedContactError after too many conflicts.
 */
export async function reconcile(
  key: ContactKey,
  merge: (record: ContactRecord, now: number) => ContactRecord,
  configuration: Configuration,
  ports: ReconcilePorts,
  options: {
    readonly isWakeUp?: boolean;
    readonly customerId?: string | undefined;
    readonly changesTags?: true | undefined;
    readonly reportsOf?: (record: ContactRecord) => readonly Report[];
  } = {},
): Promise<ContactRecord> {
  const { contacts, outbox, clock, region, instances } = ports;
  const { policies, settings } = configuration;
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    if (attempt > 0) await ports.backOff(attempt);
    const { record: stored, revision, expiresAt = Number.POSITIVE_INFINITY } = await contacts.load(key);
    const now = clock.now();
    const before = withoutFiredTimer(stored, now);
    const chained = await withChain(merge(before, now), options.isWakeUp === true, settings, ports);
    const counted = await withRecentContacts(chained, options.customerId, policies, ports);
    const state = await withQueueState(counted, policies, now, ports.queueStates);
    const { record: received, staffing } = state;
    const merged = reopen(received, region, now);
    const context = { policies, settings, region, instances, ...defined({ staffing }) };
    const wanted = plan(merged, context, now);
    // When a pause ends, those who wait for a name are reconciled.
    if (!settings.pause) await askConnect(merged, state, wanted, now, outbox);
    const decided = applyPlan(merged, wanted, settings, now);
    const reports = [...(options.reportsOf?.(received) ?? []), ...reportReconcile(before, decided, context)];
    const planned = withUnsentEvents(decided, reports, settings.events);
    const after = await withTimer(planned, now, outbox);
    const isNews =
      !sameJson(after, before) && (options.changesTags || !onlyConfirms(before, after, policies));
    const isChanged = isNews || expiresTooSoon(after.facts, expiresAt);
    await handOn(before, after, now, outbox);
    const entries = indexEntries(after, now, settings.ageAdjustment);
    const saved = isChanged ? await contacts.save(after, revision, entries, now) : revision;
    if (saved === undefined) continue;
    for (const change of shadowChanges(before, after)) ports.telemetry.shadowChanged(key, change);
    logReports(reports, ports.telemetry);
    const dropped = (after.droppedSignals ?? 0) - (before.droppedSignals ?? 0);
    if (dropped > 0) ports.telemetry.signalsDropped(key, dropped);
    // A timer that fired before the record was written found nothing to do, and no other one would be set.
    if (isChanged && after.timerAt !== undefined && after.timerAt <= clock.now()) continue;
    if (entries.pending) {
      await outbox.notifyDispatch(key, `${saved}@${Math.floor(now / NOTIFICATION_INTERVAL_MS)}`);
    }
    return after;
  }
  throw new ContendedContactError(key, MAX_TRIES);
}

/**
 * Has the name and the figures of the queue read that are missing, by the function that may ask Connect for them. An
 * agent's own queue has neither, and criteria have no effect there.
 */
async function askConnect(
  { instanceId, facts }: ContactRecord,
  { unnamed, staffing = {} }: Awaited<ReturnType<typeof withQueueState>>,
  { wantedStaffing }: Plan,
  now: number,
  outbox: Outbox,
): Promise<void> {
  const queue = currentQueue(facts);
  const figures =
    wantedStaffing && queue && queue.type !== 'AGENT' && !isOfAgent(queue.arn)
      ? staffingRequest({ instanceId, queueArn: queue.arn, expressions: wantedStaffing }, staffing, now)
      : undefined;
  const name = unnamed === undefined ? undefined : nameRequest({ instanceId, queueArn: unnamed });
  const requests = [name, figures].filter((request) => request !== undefined);
  if (requests.length > 0) await outbox.sendWakeUps(requests);
}

/** Sets the timer that the contact needs. */
async function withTimer(record: ContactRecord, now: number, outbox: Outbox): Promise<ContactRecord> {
  const timer = timerFor(record, now);
  if (!timer) return record;
  await outbox.sendWakeUps([wakeUpMessage(record, timer.firesAt, timer.delaySeconds)]);
  return { ...record, timerAt: timer.firesAt };
}

/** That a timer has fired need not be written: by its time it is none any more. */
function withoutFiredTimer(record: ContactRecord, now: number): ContactRecord {
  return record.timerAt !== undefined && record.timerAt <= now ? without(record, 'timerAt') : record;
}
