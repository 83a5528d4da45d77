import type { ContactRecord } from '../domain/contact/record.ts';
import { UnreadableRecordError } from '../domain/contact/record-versions.ts';
import { isActive } from '../domain/contact/signals.ts';
import {
  continuedContactId,
  inherit,
  inheritanceOf,
  withSuccessor,
} from '../domain/contact/transfer-chain.ts';
import { sameJson } from '../domain/json.ts';
import type { Settings } from '../domain/settings.ts';
import type { BackOff } from './back-off.ts';
import type { Clock, ContactStore, Outbox, Telemetry } from './ports.ts';
import { updateRecord } from './update-record.ts';

/** A wake-up reads so many contacts before the one it wakes, at most. */
const MAX_CHAIN_LENGTH = 10;

interface ChainPorts extends BackOff {
  readonly contacts: ContactStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly telemetry: Pick<Telemetry, 'chainUnreadable'>;
}

/**
 * A contact that continues another takes over what that one hands on. The first time, it also adds itself to the record
 * of the contact before, in the same write that it reads: whatever comes later is handed on by {@link handOn}. So later
 * events of the contact cost no further read. A wake-up, as every resync is one, reads the whole chain again. From a
 * record that cannot be read nothing is taken over: the contact is decided without it, and its next event tries again.
 */
export async function withChain(
  record: ContactRecord,
  isWakeUp: boolean,
  settings: Settings,
  ports: ChainPorts,
): Promise<ContactRecord> {
  const previousContactId = continuedContactId(record.facts);
  if (previousContactId === undefined) return record;
  const isKnownThere = record.chain?.previousContactId === previousContactId;
  if (isKnownThere && !isWakeUp) return record;
  try {
    const predecessor = isKnownThere
      ? await readChain(record, ports)
      : await addSuccessor(record, previousContactId, settings, ports);
    return inherit(record, inheritanceOf(predecessor), ports.clock.now());
  } catch (error) {
    if (!(error instanceof UnreadableRecordError)) throw error;
    ports.telemetry.chainUnreadable(record, error);
    return record;
  }
}

/** Adds the contact to the record of the contact before it, which may not have had an event yet. */
async function addSuccessor(
  { instanceId, contactId }: ContactRecord,
  previousContactId: string,
  settings: Settings,
  ports: ChainPorts,
): Promise<ContactRecord> {
  const stored = await ports.contacts.load({ instanceId, contactId: previousContactId });
  if (stored.record.successors?.includes(contactId)) return stored.record;
  const written = await updateRecord(stored, (record) => withSuccessor(record, contactId), settings, ports);
  return written.record;
}

/** The record of the contact before, with what it takes over from those before it as they are now. */
async function readChain(
  record: ContactRecord,
  { contacts, clock }: Pick<ChainPorts, 'contacts' | 'clock'>,
): Promise<ContactRecord> {
  const { instanceId } = record;
  const chain: ContactRecord[] = [];
  const seen = new Set([record.contactId]);
  let contactId = continuedContactId(record.facts);
  while (contactId !== undefined && !seen.has(contactId) && chain.length < MAX_CHAIN_LENGTH) {
    const { record: before } = await contacts.load({ instanceId, contactId });
    chain.push(before);
    seen.add(contactId);
    contactId = continuedContactId(before.facts);
  }
  const now = clock.now();
  return chain.reduceRight((before, after) => inherit(after, inheritanceOf(before), now));
}

/**
 * Sends what changed to the contacts that continue this one. The messages carry the change itself and are sent before
 * the record is saved: a crash in between leads to a retry that sends them again, and to take a change over twice
 * changes nothing.
 */
export async function handOn(
  before: ContactRecord,
  after: ContactRecord,
  now: number,
  outbox: Pick<Outbox, 'sendWakeUps'>,
): Promise<void> {
  const { successors = [], instanceId } = after;
  if (successors.length === 0) return;
  const inheritance = inheritanceOf(after);
  if (sameJson(inheritance, inheritanceOf(before))) return;
  const active = Object.entries(inheritance.signals).filter(([, signal]) => isActive(signal, now));
  const body = { type: 'inherit', instanceId, ...inheritance, signals: Object.fromEntries(active) };
  await outbox.sendWakeUps(
    successors.map((contactId) => ({ body: { ...body, contactId }, delaySeconds: 0 })),
  );
}
