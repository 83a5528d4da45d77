import { callFor } from '../domain/made-call.ts';
import { afterCall, announced, type CallOutcome, type MadeCall } from '../domain/outcome.ts';
import type { ContactRecord } from '../domain/record.ts';
import type { Settings } from '../domain/settings.ts';
import { urgeToAsk } from './ask.ts';
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
 * Makes a contact's next call and records what came of it. The record says beforehand that the call may have been
 * made: that writing also is the last look at the contact, since it fails when somebody learned something meanwhile,
 * and a contact that has left gets no call. What may have been applied is tried again after a while, by a wake-up
 * that is set before the record says so.
 */
export async function call(
  contact: AttendedContact,
  settings: Settings,
  world: AttendWorld,
): Promise<Called> {
  let made: MadeCall | undefined;
  const stored = await update(
    contact.stored,
    (current) => {
      const record = contact.learned(current);
      // A contact that was moved meanwhile raises its question anew: the next round asks it.
      made =
        urgeToAsk(record, settings) === 'none'
          ? callFor(record, settings.ageAdjustment, contact.isDescribed ? record : current)
          : undefined;
      return made ? announced(record, made) : record;
    },
    world,
  );
  if (!made) return { record: stored.record, outcome: { kind: 'done' } };
  const { generation } = made;
  const outcome = await world.connect.updateRouting(stored.record, made);
  const now = world.clock.now();
  report(stored.record, outcome, now, world);

  const recorded = recording(made, outcome, now);
  const retryAt = recorded(stored.record).dealings?.retryAt;
  if (retryAt !== undefined && retryAt > now) await lookAt(stored.record, retryAt, world);
  const { record } = await update(stored, recorded, world);
  if (outcome.kind !== 'done' && record.dealings?.refused?.generation === generation) {
    world.telemetry.callRefused(record, made, record.dealings.refused.message);
  }
  return { record, outcome };
}

function recording(made: MadeCall, outcome: CallOutcome, now: number) {
  return (record: ContactRecord) => afterCall(record, made, outcome, now);
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
