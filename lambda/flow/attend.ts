import type { ContactKey } from '../domain/contact.ts';
import { hasWork, workOf } from '../domain/dealings.ts';
import type { ContactRecord } from '../domain/record.ts';
import type { Settings } from '../domain/settings.ts';
import { askAbout } from './ask.ts';
import { type AttendedContact, attended } from './attended.ts';
import { call } from './call.ts';
import type { FairShares } from './fair-shares.ts';
import { guarded } from './guarded.ts';
import { lookAt } from './look-at.ts';
import type {
  Clock,
  Connect,
  ContactStore,
  Outbox,
  PendingContact,
  StoredContact,
  Telemetry,
} from './ports.ts';
import type { Quota } from './quota.ts';
import { update } from './update.ts';

/** What attending to contacts needs of the world. */
export interface AttendWorld {
  readonly contacts: ContactStore;
  readonly outbox: Outbox;
  readonly connect: Connect;
  readonly quota: Quota;
  readonly shares: FairShares;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

/** What came of a round. */
export interface Round {
  /** Contacts that have nothing left to do, or nothing before their next try, and those that failed. */
  readonly finished: readonly PendingContact[];
  /** Contacts for which something failed, so that nobody knows what is left to do for them. */
  readonly failed: readonly ContactKey[];
  /** How long to wait before the next round is worth while; 0: not at all. */
  readonly waitMs: number;
  /** Connect denied access. */
  readonly denied: boolean;
}

/**
 * One round: asks Connect about the contacts of which it must know more, then makes the calls that the quota
 * grants, in the order given. Tokens are taken just before the calls that they pay for. A contact that fails harms
 * no other.
 */
export async function attend(
  waiting: readonly StoredContact[],
  settings: Settings,
  world: AttendWorld,
): Promise<Round> {
  const contacts = waiting.map(attended);
  const { known, postponed, ...findings } = await askAbout(contacts, settings, world);
  if (findings.denied) return { finished: [], failed: [], waitMs: 0, denied: true };

  const changing = known.filter(({ record }) => workOf(record)?.kind === 'changes');
  const { granted, waitMs } = await world.quota.take('update', changing.length, settings);
  const chosen = changing.slice(0, granted);
  // An instance of which all wait to be asked about takes places as well, and must not keep them from the others.
  const asking = postponed.filter(
    ({ record }) => !changing.some((other) => other.record.instanceId === record.instanceId),
  );
  for (const { record } of [...chosen, ...asking]) world.shares.served(record.instanceId);
  const others = known.filter((contact) => !chosen.includes(contact));
  const [called, kept] = await Promise.all([
    Promise.all(
      chosen.map((contact) => guarded(contact.record, world, () => call(contact, settings, world))),
    ),
    Promise.all(others.map((contact) => guarded(contact.record, world, () => keep(contact, world)))),
  ]);
  const kinds = called.flatMap((result) => result?.outcome.kind ?? []);
  await world.quota.heed('update', kinds, settings);

  const now = world.clock.now();
  const unfinished = [
    ...postponed.map(({ record }) => record),
    ...called.flatMap((result) => result?.record ?? []).filter((record) => hasWork(record, now)),
    ...kept.filter((record) => record !== undefined && workOf(record)?.kind === 'changes'),
  ].map((record) => record?.contactId);
  return {
    finished: contacts
      .filter(({ record }) => !unfinished.includes(record.contactId))
      .map(({ record }) => pending(record)),
    failed: [
      ...findings.failed,
      ...[...chosen.filter((_, at) => !called[at]), ...others.filter((_, at) => !kept[at])].map(
        ({ record }) => record,
      ),
    ],
    // Those who wait for a question do not hold up calls that can be made.
    waitMs: changing.length > granted ? waitMs : chosen.length > 0 ? 0 : findings.waitMs,
    denied: kinds.includes('denied'),
  };
}

function pending({ instanceId, contactId, decision }: ContactRecord): PendingContact {
  const { dueAt } = decision ?? {};
  return { instanceId, contactId, ...(dueAt === undefined ? {} : { dueAt }) };
}

/**
 * Writes what was learned of a contact that gets no call in this round. Dispatch knows no policies: with its
 * attributes known a contact goes back to be decided, and comes again.
 */
async function keep(contact: AttendedContact, world: AttendWorld) {
  const { stored, learned } = contact;
  // That the defaults were assumed is not worth a writing: in the next round Connect may be asked after all.
  const isWorthWriting = contact.isDescribed || (contact.record !== stored.record && !workOf(contact.record));
  const record = isWorthWriting ? (await update(stored, learned, world)).record : stored.record;
  if (workOf(record)?.kind === 'decide') await lookAt(record, world.clock.now(), world);
  return record;
}
