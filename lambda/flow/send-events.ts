import { type ContactKey, keyString } from '../domain/contact/contact-key.ts';
import { requestsOf } from '../domain/outgoing-events/entry.ts';
import type { OutgoingEvent } from '../domain/outgoing-events/outgoing-event.ts';
import { withoutSentEvents } from '../domain/reports/unsent.ts';
import type { Settings } from '../domain/settings.ts';
import type { BackOff } from './back-off.ts';
import type { Clock, ContactStore, EventBus, StoredContact, Telemetry } from './ports.ts';
import { throwReasons } from './reasons.ts';
import { updateRecord } from './update-record.ts';

/** Contacts of an instance whose events one sweep sends, at most: 33 a second. The next sweep sends the others. */
const MAX_CONTACTS = 2_000;

/** Contacts whose records are read, and written, at the same time. */
const CHUNK_SIZE = 25;

/** No request begins after this time: the last one, with its retries, must end before the sweep times out. */
const MAX_DURATION_MS = 20_000;

/** What sending events needs from outside. */
export interface SendEventsPorts extends BackOff {
  readonly contacts: ContactStore;
  readonly eventBus: EventBus;
  readonly telemetry: Pick<Telemetry, 'eventsUnsent'>;
  readonly clock: Pick<Clock, 'now'>;
  settings(): Promise<Settings>;
  /** Instance ids given at deploy: events of one that is no longer served are sent, too. */
  readonly instances: readonly string[];
}

/** An event with the contact that keeps it. */
interface Unsent {
  readonly stored: StoredContact;
  readonly event: OutgoingEvent;
}

/**
 * Sends the events that records keep, and removes those that EventBridge accepted. A crash in between leads to the same
 * events, with the same ids, in the next sweep. Events that EventBridge does not accept stay; once a request fails as a
 * whole, so would the next ones, and the sweep leaves the rest for the next sweep.
 *
 * @throws what reading records failed with; what writing them failed with, after all others were sent: AggregateError
 *   where that were several.
 */
export async function sendEvents(ports: SendEventsPorts): Promise<void> {
  const writes: PromiseSettledResult<unknown>[] = [];
  await sendWhileReachable(ports, writes);
  throwReasons(writes);
}

/** @param writes - receives what became of each write: a record that cannot be written stops no other. */
async function sendWhileReachable(
  ports: SendEventsPorts,
  writes: PromiseSettledResult<unknown>[],
): Promise<void> {
  const { contacts, clock } = ports;
  const deadline = clock.now() + MAX_DURATION_MS;
  let settings: Settings | undefined;
  for (const instanceId of ports.instances) {
    const keys = await contacts.pending(instanceId, 'unsent', MAX_CONTACTS, clock.now());
    for (let start = 0; start < keys.length; start += CHUNK_SIZE) {
      if (clock.now() >= deadline) return;
      settings ??= await ports.settings();
      const chunk = await sendChunk(keys.slice(start, start + CHUNK_SIZE), settings, deadline, ports);
      writes.push(...chunk.writes);
      if (!chunk.isReachable) return;
    }
  }
}

/** @returns `isReachable`: false where a request failed as a whole. */
async function sendChunk(
  keys: readonly ContactKey[],
  settings: Settings,
  deadline: number,
  ports: SendEventsPorts,
): Promise<{ isReachable: boolean; writes: readonly PromiseSettledResult<unknown>[] }> {
  const records = await ports.contacts.loadMany(keys);
  const unsent = records.flatMap((stored) =>
    (stored.record.unsentEvents ?? []).map((event): Unsent => ({ stored, event })),
  );
  const accepted: Unsent[] = [];
  let isReachable = true;
  for (const request of requestsOf(unsent)) {
    if (!isReachable || ports.clock.now() >= deadline) break;
    try {
      const errors = await ports.eventBus.send(request.map(({ event }) => event));
      accepted.push(...request.filter((_, index) => errors[index] === undefined));
      const reasons = errors.filter((error) => error !== undefined);
      if (reasons[0] !== undefined) ports.telemetry.eventsUnsent(reasons.length, reasons[0]);
    } catch (error) {
      isReachable = false;
      ports.telemetry.eventsUnsent(request.length, String(error));
    }
  }
  return { isReachable, writes: await removeSent(accepted, settings, ports) };
}

function removeSent(
  accepted: readonly Unsent[],
  settings: Settings,
  ports: SendEventsPorts,
): Promise<PromiseSettledResult<unknown>[]> {
  const byContact = Map.groupBy(accepted, ({ stored }) => keyString(stored.record));
  return Promise.allSettled(
    [...byContact.values()].flatMap((events) => {
      const [first] = events;
      const ids = new Set(events.map(({ event }) => event.detail.id));
      return first
        ? [updateRecord(first.stored, (record) => withoutSentEvents(record, ids), settings, ports)]
        : [];
    }),
  );
}
