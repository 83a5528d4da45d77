import { hasWork, workOf } from '../domain/dealings.ts';
import type { ContactRecord } from '../domain/record.ts';
import type { Settings } from '../domain/settings.ts';
import { askAbout } from './ask.ts';
import { type AttendedContact, attended } from './attended.ts';
import { call } from './call.ts';
import type { Clock, Connect, ContactStore, Outbox, StoredContact, Telemetry } from './ports.ts';
import type { Quota } from './quota.ts';
import { update } from './update.ts';

/** What attending to contacts needs of the world. */
export interface AttendWorld {
  readonly contacts: ContactStore;
  readonly outbox: Outbox;
  readonly connect: Connect;
  readonly quota: Quota;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
}

/** What came of a round. */
export interface Round {
  /** Contacts that have nothing left to do, or nothing before their next try. */
  readonly finished: readonly ContactRecord[];
  /** How long to wait before the next round is worth while; 0: not at all. */
  readonly waitMs: number;
  /** Connect denied access. */
  readonly denied: boolean;
}

/**
 * One round: asks Connect about the contacts of which it must know more, then makes the calls that the quota
 * grants, in the order given. Tokens are taken just before the calls that they pay for.
 */
export async function attend(
  waiting: readonly StoredContact[],
  settings: Settings,
  world: AttendWorld,
): Promise<Round> {
  const { known, waitMs: askWaitMs, denied } = await askAbout(waiting.map(attended), settings, world);
  if (denied) return { finished: [], waitMs: 0, denied: true };

  const changing = known.filter(({ record }) => workOf(record)?.kind === 'changes');
  const { granted, waitMs } = await world.quota.take('update', changing.length, settings);
  const called = await Promise.all(
    changing.slice(0, granted).map((contact) => call(contact, settings, world)),
  );
  const kinds = called.map(({ outcome }) => outcome.kind);
  if (kinds.includes('throttled')) await world.quota.slowDown('update', settings);

  const uncalled = known.filter((contact) => !changing.slice(0, granted).includes(contact));
  const kept = await Promise.all(uncalled.map((contact) => keep(contact, world)));
  const now = world.clock.now();
  return {
    finished: [...kept, ...called.map(({ record }) => record)].filter((record) => !hasWork(record, now)),
    waitMs: changing.length > granted ? waitMs : askWaitMs,
    denied: kinds.includes('denied'),
  };
}

/** Writes what was learned of a contact that gets no call in this round. */
async function keep(contact: AttendedContact, world: AttendWorld): Promise<ContactRecord> {
  const { stored, record, learned } = contact;
  // That the defaults were assumed is not worth a writing: in the next round Connect may be asked after all.
  const worthWriting = record !== stored.record && !workOf(record);
  const described = record.dealings?.checked === true && stored.record.dealings?.checked === false;
  if (!worthWriting && !described) return stored.record;
  return (await update(stored, learned, world)).record;
}
