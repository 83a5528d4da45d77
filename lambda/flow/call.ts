import { workOf } from '../domain/dealings.ts';
import { afterCall, type CallOutcome, type MadeCall, withDoubt } from '../domain/outcome.ts';
import type { ContactRecord } from '../domain/record.ts';
import { nextCall } from '../domain/routing.ts';
import type { Settings } from '../domain/settings.ts';
import type { AttendWorld } from './attend.ts';
import type { AttendedContact } from './attended.ts';
import { lookAt } from './look-at.ts';
import { update } from './update.ts';

/** What came of attending to one contact. */
export interface Called {
  readonly record: ContactRecord;
  readonly outcome: CallOutcome;
}

/**
 * Makes a contact's next call and records what came of it, together with what was learned before. What may have
 * been applied is tried again after a while, by a wake-up that is set before the record says so; what was throttled
 * or denied stays as it is.
 */
export async function call(
  contact: AttendedContact,
  settings: Settings,
  world: AttendWorld,
): Promise<Called> {
  const made = callFor(contact.record, settings);
  // It may have turned out since that nothing is to be changed.
  if (!made)
    return {
      record: (await update(contact.stored, contact.learned, world)).record,
      outcome: { kind: 'done' },
    };
  const { stored, learned } = await doubted(contact, made, settings, world);
  const outcome = await world.connect.updateRouting(contact.record, made);
  const now = world.clock.now();
  report(contact.record, outcome, now, world);
  if (outcome.kind === 'throttled' || outcome.kind === 'denied') return { record: contact.record, outcome };

  const after = (current: ContactRecord) => afterCall(learned(current), made, outcome, now);
  const retryAt = after(stored.record).dealings?.retryAt;
  if (retryAt !== undefined && retryAt > now) await lookAt(stored.record, retryAt, world);
  const { record } = await update(stored, after, world);
  if (outcome.kind !== 'done' && record.dealings?.refused?.generation === made.generation) {
    world.telemetry.callRefused(record, made, record.dealings.refused.message);
  }
  return { record, outcome };
}

/** Where ages add up, the record says before the call that it may have been made: twice would be too much. */
async function doubted(
  contact: AttendedContact,
  made: MadeCall,
  settings: Settings,
  world: AttendWorld,
): Promise<Pick<AttendedContact, 'stored' | 'learned'>> {
  if (settings.ageAdjustment !== 'incremental' || made.settles.ageSeconds === undefined) return contact;
  const stored = await update(contact.stored, (current) => withDoubt(contact.learned(current), made), world);
  return { stored, learned: (record) => record };
}

function callFor(record: ContactRecord, settings: Settings): MadeCall | undefined {
  const work = workOf(record);
  if (work?.kind !== 'changes' || !record.decision) return undefined;
  const next = nextCall(work.changes, work.dealings.inForce, settings.ageAdjustment);
  const { generation, override } = record.decision;
  return (
    next && { ...next, stay: work.dealings.stay, generation, ...(override === undefined ? {} : { override }) }
  );
}

function report(record: ContactRecord, outcome: CallOutcome, now: number, { telemetry }: AttendWorld): void {
  switch (outcome.kind) {
    case 'done':
      telemetry.changeApplied(Math.max(0, now - (record.decision?.dueAt ?? now)));
      break;
    case 'throttled':
      telemetry.callThrottled();
      break;
    case 'unknown':
      telemetry.outcomeUnknown(record, outcome.message);
      break;
    case 'gone':
      telemetry.contactClosed(record, outcome.message);
      break;
    case 'denied':
      telemetry.accessDenied(outcome.message);
      break;
    case 'conflict':
    case 'invalid':
      break;
  }
}
