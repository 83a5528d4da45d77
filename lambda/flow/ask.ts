import type { ContactKey } from '../domain/contact.ts';
import { workOf } from '../domain/dealings.ts';
import {
  afterDescription,
  afterFailedQuestion,
  afterNoDescription,
  closed,
  questionOf,
} from '../domain/outcome.ts';
import type { ContactRecord } from '../domain/record.ts';
import type { Settings } from '../domain/settings.ts';
import type { AttendWorld } from './attend.ts';
import { type AttendedContact, learning } from './attended.ts';
import { guarded } from './guarded.ts';
import { lookAt } from './look-at.ts';
import type { DescribeOutcome } from './ports.ts';
import { update } from './update.ts';

/** What was found out. */
export interface Findings {
  /** Contacts of which enough is known to go on, in the order given. */
  readonly known: readonly AttendedContact[];
  /** Contacts about which more must be known than the budget for asking allows now. */
  readonly postponed: readonly AttendedContact[];
  /** How long until more may be asked; 0 when all were. */
  readonly waitMs: number;
  readonly denied: boolean;
  /** Contacts for which something failed. */
  readonly failed: readonly ContactKey[];
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
  const inQuestion = contacts.filter(({ record }) => urgeToAsk(record, settings) !== 'none');
  const { granted, waitMs } = await world.quota.take('describe', inQuestion.length, settings);
  const chosen = inQuestion.slice(0, granted);
  const postponed = inQuestion
    .slice(granted)
    .filter(({ record }) => urgeToAsk(record, settings) === 'needed');
  const attendable = contacts.filter((contact) => !postponed.includes(contact));
  const findings = await Promise.all(
    attendable.map((contact) =>
      guarded(contact.record, world, async () => {
        if (!chosen.includes(contact)) return { contact: unasked(contact, settings) };
        const answer = await world.connect.describe(contact.record);
        return { answer, contact: await findingOf(contact, answer, settings, world) };
      }),
    ),
  );
  const answers = findings.flatMap((finding) => finding?.answer ?? []);
  await world.quota.heed(
    'describe',
    answers.map(({ kind }) => kind),
    settings,
  );
  const denial = answers.find(({ kind }) => kind === 'denied');
  if (denial?.kind === 'denied') world.telemetry.accessDenied(denial.message);
  return {
    known: findings.flatMap((finding) => finding?.contact ?? []),
    postponed,
    waitMs: postponed.length > 0 ? waitMs : 0,
    denied: denial !== undefined,
    failed: attendable.filter((_, at) => !findings[at]).map(({ record }) => record),
  };
}

/** Whether Connect has to be asked: not at all, if the budget allows, or in any case. */
export function urgeToAsk(record: ContactRecord, settings: Settings): 'none' | 'useful' | 'needed' {
  const work = workOf(record);
  if (!work) return 'none';
  if (work.kind === 'decide') return 'none';
  if (work.kind === 'attributes') return 'needed';
  const { doubtful, checked, inForce } = work.dealings;
  // An age that may have been added already must not be added twice, and none to one that is not known.
  const riskyAge = settings.ageAdjustment === 'incremental' && work.changes.ageSeconds !== undefined;
  if (riskyAge && (doubtful?.includes('ageSeconds') || inForce.ageSeconds === undefined)) return 'needed';
  return checked ? 'none' : 'useful';
}

/** The contact as it goes on without being asked about: the budget is spent, or nothing is in question. */
function unasked(contact: AttendedContact, settings: Settings): AttendedContact {
  return urgeToAsk(contact.record, settings) === 'none'
    ? contact
    : learning(contact, (record) => afterNoDescription(record, settings.ageAdjustment));
}

/** The contact with what was found out; undefined when it must wait for a better answer. */
async function findingOf(
  contact: AttendedContact,
  answer: DescribeOutcome,
  settings: Settings,
  world: AttendWorld,
): Promise<AttendedContact | undefined> {
  const { record } = contact;
  if (answer.kind === 'described') {
    const work = workOf(record);
    const question = questionOf(record, work?.kind === 'attributes' ? work.names : []);
    return {
      ...learning(contact, (current) => afterDescription(current, answer.description, question)),
      isDescribed: true,
    };
  }
  if (answer.kind === 'gone') {
    const now = world.clock.now();
    world.telemetry.contactClosed(record, answer.message);
    return learning(contact, (current) => closed(current, answer.message, now));
  }
  if (urgeToAsk(record, settings) === 'useful') return unasked(contact, settings);
  if (answer.kind !== 'denied') await askLater(contact, world);
  return undefined;
}

/** What must be known and was not answered is asked again after a while, by a wake-up that is set first. */
async function askLater({ stored }: AttendedContact, world: AttendWorld): Promise<void> {
  const now = world.clock.now();
  const later = (current: ContactRecord) => afterFailedQuestion(current, now);
  await lookAt(stored.record, later(stored.record).dealings?.retryAt ?? now, world);
  await update(stored, later, world);
}
