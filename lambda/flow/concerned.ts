import { reopen } from '../domain/contact/closure.ts';
import { type ContactKey, keyString } from '../domain/contact/contact-key.ts';
import type { ContactRecord } from '../domain/contact/record.ts';
import { defined, sameJson } from '../domain/json.ts';
import { applyPlan } from '../domain/reconcile/apply-plan.ts';
import { indexEntries } from '../domain/reconcile/index-entries.ts';
import { plan } from '../domain/reconcile/plan.ts';
import { timerFor } from '../domain/reconcile/schedule.ts';
import type { Configuration, QueueStateStore, StoredQueueState } from './ports.ts';
import { withQueueState } from './queue-state.ts';
import type { ReconcilePorts } from './reconcile.ts';

/**
 * Of contacts, those that a new configuration, or what their queues have now, concerns: a reconcile by it would
 * change something, or they have work that is due. To read a hundred records is one request, to reconcile their
 * contacts several hundred. A contact whose record cannot be read or judged is concerned: its reconcile says why.
 */
export async function concernedContacts<K extends ContactKey>(
  contacts: readonly K[],
  configuration: Configuration,
  ports: Pick<ReconcilePorts, 'contacts' | 'queueStates' | 'clock' | 'region' | 'instances'>,
): Promise<readonly K[]> {
  const stored = await ports.contacts.loadMany(contacts);
  const now = ports.clock.now();
  const queueStates = readOnce(ports.queueStates);
  const unconcerned = new Set<string>();
  for (const { record } of stored) {
    const given = await withQueueState(record, configuration.policies, now, queueStates);
    if (!isConcerned(record, given, configuration, ports, now)) unconcerned.add(keyString(record));
  }
  return contacts.filter((contact) => !unconcerned.has(keyString(contact)));
}

/** Reads the state of each queue once. */
function readOnce(queueStates: Pick<QueueStateStore, 'load'>): Pick<QueueStateStore, 'load'> {
  const states = new Map<string, Promise<StoredQueueState>>();
  return {
    load(queueArn) {
      const state = states.get(queueArn) ?? queueStates.load(queueArn);
      states.set(queueArn, state);
      return state;
    },
  };
}

/** @param given - the record with what its queue has now. */
function isConcerned(
  record: ContactRecord,
  { record: given, staffing, unnamed }: Awaited<ReturnType<typeof withQueueState>>,
  { policies, settings }: Configuration,
  { region, instances }: Pick<ReconcilePorts, 'region' | 'instances'>,
  now: number,
): boolean {
  try {
    const current = reopen(given, region, now);
    const context = { policies, settings, region, instances, ...defined({ staffing }) };
    const decided = applyPlan(current, plan(current, context, now), settings, now);
    const hasWork = indexEntries(decided, now, settings.ageAdjustment).pending !== undefined;
    // Its reconcile has the name looked up, which none does during a pause.
    if (unnamed !== undefined && decided.decision?.reason === 'needs-queue-name') return true;
    return hasWork || timerFor(decided, now) !== undefined || !sameJson(decided, record);
  } catch {
    return true;
  }
}
