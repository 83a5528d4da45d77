import type { ContactKey } from '../../domain/contact/contact-key.ts';
import type { ContactRecord } from '../../domain/contact/record.ts';
import { defined } from '../../domain/json.ts';
import { describeNeed } from '../../domain/reconcile/description.ts';
import { commonOrderKey } from '../../domain/reconcile/pending-order.ts';
import { pendingWork } from '../../domain/reconcile/pending-work.ts';
import { earliest } from '../../domain/reconcile/schedule.ts';
import type { Settings } from '../../domain/settings.ts';
import type { IndexedContact } from '../ports.ts';
import { updateRecord } from '../update-record.ts';
import { scheduleReconcile } from '../wake-up.ts';
import { applyChange } from './apply-change.ts';
import { describeContacts } from './describe.ts';
import { type DraftRecord, draft, type PendingRecord } from './draft-record.ts';
import { isolateFailure } from './isolate-failure.ts';
import type { RoundPorts } from './ports.ts';

/** Contacts of each list in one round: enough to use the quota despite the latency of calls, few enough to keep the order. */
export const ROUND_SIZE = 10;

/** The contacts of a round, most urgent first. */
export interface RoundContacts {
  /** Those with an update that may be sent. */
  readonly updates: readonly PendingRecord[];
  /** Those that must be asked about first. */
  readonly questions: readonly PendingRecord[];
}

/** The result of a round. */
export interface RoundResult {
  /** Contacts with nothing left to do, or nothing before their next attempt, and those that failed. */
  readonly finished: readonly IndexedContact[];
  /** Contacts for which something failed: what is left to do for them is not known. */
  readonly failed: readonly ContactKey[];
  /** Milliseconds after which the next round is worth while; 0: at once. */
  readonly waitMs: number;
  /** Contacts whose update was denied. */
  readonly denied: readonly ContactKey[];
}

/**
 * One round: asks Connect about contacts, and beside that sends updates, so that questions do not hold up what can be
 * sent. Contacts about which Connect was asked get their updates at the end, where the quota still grants them and no
 * more urgent update waits for it. Tokens are taken just before the calls that they pay for. A contact that fails does
 * not affect the others.
 */
export async function runRound(
  { updates, questions }: RoundContacts,
  settings: Settings,
  ports: RoundPorts,
): Promise<RoundResult> {
  const needOf = ({ work }: DraftRecord) => describeNeed(work, settings.ageAdjustment);
  const [sendable, required] = [updates.map(draft), questions.map(draft)];
  const inQuestion = mostUrgentFirst(
    [...sendable.filter((contact) => needOf(contact) !== 'none'), ...required],
    ports,
  );
  const { granted, waitMs } = await ports.rateLimiter.take('describe', inQuestion.length, settings);
  const asked = new Set(inQuestion.slice(0, granted));
  const deferred = required.filter((contact) => !asked.has(contact));
  for (const { record } of asked) ports.fairQueues.questions.recordService(record.instanceId);
  const unasked = await grantUpdates(
    sendable.filter((contact) => !asked.has(contact)),
    settings,
    ports,
  );
  const mayOvertake = createOrderCheck(sendable, unasked, ports.clock.now());
  const [answered, sent] = await Promise.all([
    askAndSend([...asked], mayOvertake, settings, ports),
    sendUpdates(unasked, settings, ports),
  ]);
  const unfinished = new Set([...deferred.map(({ stored }) => stored), ...answered.left, ...sent.left]);
  const contacts = [...sendable, ...required].filter(({ stored }) => !unfinished.has(stored));
  const hasProgress = asked.size > 0 || sent.calls > 0;
  const waits = [deferred.length > 0 ? waitMs : undefined, sent.waitMs];
  return {
    finished: contacts.map(({ record }) => asIndexed(record)),
    failed: [...answered.failed, ...sent.failed],
    waitMs: hasProgress ? 0 : (earliest(waits) ?? 0),
    denied: [...answered.denied, ...sent.denied],
  };
}

/**
 * A change that can do without an answer may ask, too: it must not take the token of a more urgent one that waits for
 * its answer.
 */
function mostUrgentFirst(contacts: readonly DraftRecord[], ports: RoundPorts): DraftRecord[] {
  const now = ports.clock.now();
  const inOrder = contacts
    .map((contact) => ({ contact, key: orderKeyOf(contact, now) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ contact }) => contact);
  return ports.fairQueues.questions.order(inOrder, ({ record }) => record.instanceId);
}

/** The text that puts contacts in order at a moment, in milliseconds since the epoch. */
function orderKeyOf({ record, work }: DraftRecord, now: number): string {
  return work ? commonOrderKey(record, work, now) : '';
}

/** What became of updates. */
interface SendResult {
  readonly calls: number;
  /** Contacts with work that can be done now, as they were read. */
  readonly left: readonly DraftRecord['stored'][];
  readonly failed: readonly ContactKey[];
  /** Milliseconds until the quota grants the next update; undefined where all were granted. */
  readonly waitMs: number | undefined;
  readonly denied: readonly ContactKey[];
}

async function askAndSend(
  asked: readonly DraftRecord[],
  mayOvertake: OrderCheck,
  settings: Settings,
  ports: RoundPorts,
): Promise<SendResult> {
  const { ready, failed } = await describeContacts(asked, settings, ports);
  const granted = await grantUpdates(ready, settings, ports, mayOvertake);
  const sent = await sendUpdates(granted, settings, ports);
  return { ...sent, failed: [...failed, ...sent.failed] };
}

/** Contacts, and which of them get an update. */
interface Granted {
  /** Those with a token for their update. */
  readonly chosen: readonly DraftRecord[];
  readonly others: readonly DraftRecord[];
  /** Milliseconds until the quota grants the next update; undefined where all were granted. */
  readonly waitMs: number | undefined;
}

/** Takes tokens for updates, as far as the quota grants them, in the order given. */
async function grantUpdates(
  contacts: readonly DraftRecord[],
  settings: Settings,
  ports: RoundPorts,
  isInOrder: OrderCheck = () => true,
): Promise<Granted> {
  const changing = contacts.filter((contact) => contact.work?.kind === 'update' && isInOrder(contact));
  const { granted, waitMs } = await ports.rateLimiter.take('update', changing.length, settings);
  const chosen = changing.slice(0, granted);
  const others = contacts.filter((contact) => !chosen.includes(contact));
  return { chosen, others, waitMs: changing.length > granted ? waitMs : undefined };
}

/** Whether the update of a contact may be sent before those that wait for the quota. */
type OrderCheck = (contact: DraftRecord) => boolean;

/**
 * What is answered takes no token before a more urgent update of its instance: one that got none in this round, or one
 * beyond the last that a full round has, which is less urgent than that.
 *
 * @param selected - the updates of the round, in order.
 * @param now - milliseconds since the epoch.
 */
function createOrderCheck(
  selected: readonly DraftRecord[],
  { others }: Pick<Granted, 'others'>,
  now: number,
): OrderCheck {
  const isFull = selected.length >= ROUND_SIZE;
  return (contact) => {
    const ofInstance = ({ record }: DraftRecord) => record.instanceId === contact.record.instanceId;
    const next = others.find(ofInstance) ?? (isFull ? selected.findLast(ofInstance) : undefined);
    return next === undefined || orderKeyOf(contact, now) <= orderKeyOf(next, now);
  };
}

/** Sends the updates that were granted, and writes what was learned of the other contacts. */
async function sendUpdates(
  { chosen, others, waitMs }: Granted,
  settings: Settings,
  ports: RoundPorts,
): Promise<SendResult> {
  for (const { record } of chosen) ports.fairQueues.updates.recordService(record.instanceId);
  const isolated = <T>(run: (contact: DraftRecord) => Promise<T>) => {
    return (contact: DraftRecord) => isolateFailure(contact.record, ports, () => run(contact));
  };
  const [changed, persisted] = await Promise.all([
    Promise.all(chosen.map(isolated((contact) => applyChange(contact, settings, ports)))),
    Promise.all(others.map(isolated((contact) => persistDraft(contact, settings, ports)))),
  ]);
  const results = changed.flatMap((change) => change?.result ?? []);
  // After a crash, records of calls that are in progress answer for Connect, which nobody asked.
  const called = results.filter((result) => !(result.kind === 'unknown' && result.isUncalled));
  await ports.rateLimiter.recordResults(
    'update',
    called.map(({ kind }) => kind),
    settings,
  );
  const failed = [
    ...chosen.filter((_, index) => !changed[index]),
    ...others.filter((_, index) => !persisted[index]),
  ];
  const left = [
    ...chosen.filter((_, index) => changed[index]?.isPending),
    ...others.filter((_, index) => persisted[index] === 'update'),
  ];
  return {
    calls: chosen.length,
    left: left.map(({ stored }) => stored),
    failed: failed.map(({ record }) => record),
    waitMs,
    denied: chosen.filter((_, index) => changed[index]?.result.kind === 'denied').map(({ record }) => record),
  };
}

/** A contact as the index shows it. */
export function asIndexed({ instanceId, contactId, decision }: ContactRecord): IndexedContact {
  return { instanceId, contactId, ...defined({ dueAt: decision?.dueAt }) };
}

/**
 * Writes what was learned of a contact that gets no update in this round. Dispatch knows no policies: once its
 * attributes are known, a contact is reconciled, and comes back.
 *
 * @returns the kind of work that is left, or `none`.
 */
async function persistDraft(
  { stored, change, record, onWritten }: DraftRecord,
  settings: Settings,
  ports: RoundPorts,
) {
  const isChanged = record !== stored.record;
  const written = isChanged ? await updateRecord(stored, change, settings, ports) : stored;
  onWritten();
  const left = pendingWork(written.record);
  if (left?.kind === 'reconcile') await scheduleReconcile(stored.record, ports.clock.now(), ports);
  return left?.kind ?? 'none';
}
