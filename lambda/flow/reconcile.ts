import type { ContactKey } from '../domain/contact.ts';
import { hasWork } from '../domain/dealings.ts';
import { foldPredecessor } from '../domain/fold.ts';
import { sameJson } from '../domain/json.ts';
import { plan } from '../domain/plan.ts';
import { reconciled } from '../domain/reconciled.ts';
import type { ContactRecord } from '../domain/record.ts';
import { timerFor } from '../domain/timer.ts';
import { ContendedContactError } from './errors.ts';
import type { Clock, Configuration, ContactStore, Outbox } from './ports.ts';
import { wakeUp } from './wake-up.ts';

/** What reconciling needs of the world. */
export interface ReconcileWorld {
  readonly contacts: ContactStore;
  readonly outbox: Outbox;
  readonly clock: Pick<Clock, 'now'>;
  configuration(): Promise<Configuration>;
  /** The Region of this deployment. */
  readonly region: string;
  /** Instance ids given at deploy. */
  readonly instances: readonly string[];
}

const MAX_TRIES = 8;

/** Kicks of an unchanged contact further apart than this are kicks of their own. */
const KICK_APART_MS = 10_000;

/**
 * The one thing that every handler does: folds what it learned into the contact's record, asks `plan`, and acts
 * on the difference. A timer is set before the record says so, and dispatch is told after the record says so:
 * a crash in between leaves a timer too many, or leads to a retry that tells dispatch again, never a contact
 * that nobody looks at.
 *
 * @param fold - adds what was learned; called again when the record was overtaken.
 * @throws ContendedContactError after too many overtakings.
 */
export async function reconcile(
  key: ContactKey,
  fold: (record: ContactRecord, now: number) => ContactRecord,
  world: ReconcileWorld,
): Promise<ContactRecord> {
  const { policies, settings } = await world.configuration();
  const context = { policies, settings, region: world.region, instances: world.instances };
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const { record: before, revision } = await world.contacts.load(key);
    const now = world.clock.now();
    const learned = await withChain(fold(before, now), world.contacts);
    const looked = reconciled(learned, plan(learned, context, now), settings, now);
    const after = await withTimer(looked, now, world.outbox);
    const changed = !sameJson(after, before);
    const saved = changed ? await world.contacts.save(after, revision, now) : revision;
    if (saved === undefined) continue;
    // A timer that rang before the record was written found nothing to do; it would not be set again.
    if (changed && after.timerAt !== undefined && after.timerAt <= world.clock.now()) continue;
    if (hasWork(after, now)) {
      await world.outbox.kick(key, `${saved}@${Math.floor(now / KICK_APART_MS)}`);
    }
    return after;
  }
  throw new ContendedContactError(key, MAX_TRIES);
}

/** Sets the timer that the contact needs; what has already rung is forgotten. */
async function withTimer(record: ContactRecord, now: number, outbox: Outbox): Promise<ContactRecord> {
  const timer = timerFor(record, now);
  if (!timer) return record;
  await outbox.sendRuleMessages([wakeUp(record, timer.ringsAt, timer.delaySeconds)]);
  return { ...record, timerAt: timer.ringsAt };
}

/** A transferred contact takes over from the one before it when the wait of the whole chain began. */
async function withChain(record: ContactRecord, contacts: ContactStore): Promise<ContactRecord> {
  const previousContactId = record.facts?.previousContactId;
  if (previousContactId === undefined || previousContactId === record.contactId) return record;
  if (record.chain?.firstEnqueuedAt !== undefined) return record;
  const { record: predecessor } = await contacts.load({
    instanceId: record.instanceId,
    contactId: previousContactId,
  });
  return foldPredecessor(record, predecessor.facts ? predecessor : undefined);
}
