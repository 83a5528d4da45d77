import { workOf } from '../domain/dealings.ts';
import { afterDescription, afterFailedQuestion, afterNoDescription, closed } from '../domain/outcome.ts';
import type { ContactRecord } from '../domain/record.ts';
import type { Settings } from '../domain/settings.ts';
import type { AttendWorld } from './attend.ts';
import { type AttendedContact, attended, learning } from './attended.ts';
import { lookAt } from './look-at.ts';
import type { DescribeOutcome } from './ports.ts';
import { update } from './update.ts';

/** What was found out. */
export interface Findings {
  /** Contacts of which enough is known to go on, in the order given. */
  readonly known: readonly AttendedContact[];
  /** How long until more may be asked; 0 when all were. */
  readonly waitMs: number;
  readonly denied: boolean;
}

/**
 * Asks Connect, within the budget for asking, about the contacts of which more must be known: what is in force
 * before a first change, what came of a call with an unknown outcome, attributes that policies need.
 */
export async function askAbout(
  contacts: readonly AttendedContact[],
  settings: Settings,
  world: AttendWorld,
): Promise<Findings> {
  const inQuestion = contacts.filter(({ record }) => question(record, settings) !== 'none');
  const { granted, waitMs } = await world.quota.take('describe', inQuestion.length, settings);
  const asked = new Set(inQuestion.slice(0, granted));
  const answers = await Promise.all(
    contacts.map(async (contact) =>
      asked.has(contact) ? world.connect.describe(contact.record) : undefined,
    ),
  );
  if (answers.some((answer) => answer?.kind === 'throttled'))
    await world.quota.slowDown('describe', settings);
  const denial = answers.find((answer) => answer?.kind === 'denied');
  if (denial?.kind === 'denied') {
    world.telemetry.accessDenied(denial.message);
    return { known: [], waitMs: 0, denied: true };
  }
  const findings = await Promise.all(
    contacts.map((contact, index) => findingOf(contact, answers[index], settings, world)),
  );
  return { known: findings.filter((finding) => finding !== undefined), waitMs, denied: false };
}

/** Whether Connect has to be asked: not at all, if the budget allows, or in any case. */
function question(record: ContactRecord, settings: Settings): 'none' | 'useful' | 'needed' {
  const work = workOf(record);
  if (!work) return 'none';
  if (work.kind === 'attributes') return 'needed';
  const { doubtful, checked } = work.dealings;
  // An age that may have been added already must not be added twice.
  const riskyAge = settings.ageAdjustment === 'incremental' && work.changes.ageSeconds !== undefined;
  if (riskyAge && doubtful?.includes('ageSeconds')) return 'needed';
  return checked ? 'none' : 'useful';
}

/** The contact with what was found out; undefined when it must wait for an answer. */
async function findingOf(
  contact: AttendedContact,
  answer: DescribeOutcome | undefined,
  settings: Settings,
  world: AttendWorld,
): Promise<AttendedContact | undefined> {
  const { record } = contact;
  if (answer?.kind === 'described') {
    const work = workOf(record);
    const names = work?.kind === 'attributes' ? work.names : [];
    const described = learning(contact, (current) => afterDescription(current, answer.description, names));
    return work?.kind === 'attributes' ? decideAfresh(described, world) : described;
  }
  if (answer?.kind === 'gone') {
    const now = world.clock.now();
    world.telemetry.contactClosed(record, answer.message);
    return learning(contact, (current) => closed(current, answer.message, now));
  }
  switch (question(record, settings)) {
    case 'none':
      return contact;
    case 'useful':
      // Where the budget for asking is spent, the change goes out without it.
      return learning(contact, afterNoDescription);
    case 'needed':
      if (answer?.kind === 'unknown') await askLater(contact, world);
      return undefined;
  }
}

/** What must be known and was not answered is asked again after a while, by a wake-up. */
async function askLater(contact: AttendedContact, world: AttendWorld): Promise<void> {
  const now = world.clock.now();
  const { record } = await update(contact.stored, (current) => afterFailedQuestion(current, now), world);
  await lookAt(record, record.dealings?.retryAt ?? now, world);
}

/** Dispatch knows no policies: with its attributes known the contact goes back to be decided, and comes again. */
async function decideAfresh(contact: AttendedContact, world: AttendWorld): Promise<AttendedContact> {
  const stored = await update(contact.stored, contact.learned, world);
  await lookAt(stored.record, world.clock.now(), world);
  return attended(stored);
}
