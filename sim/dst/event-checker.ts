import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import { isCurrentVisit, queueVisitId, visitOfId } from '../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import type { ChangeLine } from '../../lambda/domain/outgoing-events/lines.ts';
import type { OutgoingEvent } from '../../lambda/domain/outgoing-events/outgoing-event.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { Routing } from '../../lambda/domain/routing/routing.ts';

/** Events of so many bytes are few and long: one more may be too much to keep. */
const FULL_BYTES = 30_000;

/** Reports a violation of the invariant of outgoing events. */
type ReportViolation = (message: string) => void;

/**
 * Checks that each event is sent at least once, that an event that is sent again is the same, and that none is
 * invented. What must be sent is known from the calls and the records, not from what the records keep for sending.
 */
export class EventChecker {
  checks = 0;
  readonly #sent: OutgoingEvent[] = [];
  readonly #attempts: { readonly key: string; readonly sets: string; isApplied: boolean }[] = [];
  /** What must be sent, as {@link describe} says it. */
  readonly #due = new Set<string>();
  /** The visits of each contact in which its record said that it waits. */
  readonly #waited = new Map<string, Set<string>>();
  readonly #logged = new Set<string>();
  /** Changes of which the process that recorded them knows that they are written, so that it logs them. */
  readonly #answered = new Set<string>();
  /** The contacts whose events were nearly too long to keep. */
  readonly #isFull = new Set<string>();
  readonly #setByOthers = new Map<string, readonly Routing[]>();
  /** What need not be sent. */
  readonly #notDue = new Set<string>();
  /** The contacts of which the last record said that another Region acts on them. */
  readonly #away = new Set<string>();
  /** Those that were away since their last update. */
  readonly #awaySinceAttempt = new Set<string>();
  readonly #rejectedAt = new Map<string, number>();
  /** What operators ordered, as {@link orderOf} says it. */
  readonly #orders = new Set<string>();

  /** Somebody else gave the contact a routing: its flow, the contact before a transfer, or another Region. */
  onSetByOthers(key: ContactKey, routing: Routing): void {
    const text = keyString(key);
    this.#setByOthers.set(text, [...(this.#setByOthers.get(text) ?? []), routing]);
  }

  /** An update is sent. */
  onAttempt(key: ContactKey, { sets }: UpdateAttempt): void {
    this.#awaySinceAttempt.delete(keyString(key));
    this.#attempts.push({ key: keyString(key), sets: canonicalJson(sets), isApplied: false });
  }

  /** Connect applied an update. */
  onApplied(key: ContactKey, { sets }: UpdateAttempt): void {
    const text = canonicalJson(sets);
    for (const attempt of this.#attempts) {
      if (attempt.key === keyString(key) && attempt.sets === text) attempt.isApplied = true;
    }
  }

  /**
   * The record shows an update as applied that Connect applied.
   *
   * @returns the name of the change, where it shows that for the first time.
   */
  onRecorded(key: ContactKey, { sets }: UpdateAttempt): string | undefined {
    // Where another Region acted since, nobody knows whose change it is.
    if (this.#awaySinceAttempt.has(keyString(key))) return undefined;
    const due = describe(key, 'escalated', sets);
    if (this.#due.has(due)) return undefined;
    this.#due.add(due);
    return due;
  }

  /** The process that recorded a change got the answer to its write. Otherwise it cannot log the change. */
  onAnswered(due: string | undefined): void {
    if (due !== undefined) this.#answered.add(due);
  }

  /** A contact left while a change was due that nothing but the quota held back. */
  onMissed(key: ContactKey): void {
    if (!this.#away.has(keyString(key))) this.#due.add(describe(key, 'missed'));
  }

  /** The log says that a change was made. */
  onLogged(line: ChangeLine): void {
    if (line.outcome === 'applied') this.#logged.add(describe(line, 'escalated', line.to));
  }

  onSave(record: ContactRecord): void {
    const key = keyString(record);
    if (record.unsentEvents && JSON.stringify(record.unsentEvents).length > FULL_BYTES) this.#isFull.add(key);
    const waited = this.#waited.get(key) ?? new Set();
    this.#waited.set(key, waited);
    const wasAway = this.#away.has(key);
    if (isAway(record)) {
      this.#away.add(key);
      this.#awaySinceAttempt.add(key);
    } else this.#away.delete(key);
    for (const visit of waited) {
      if (isCurrentVisit(record.facts, visit)) continue;
      const left = describe(record, 'left', visit);
      // Of a contact on which another Region acts nothing is reported.
      if (wasAway && !this.#due.has(left)) this.#notDue.add(left);
      if (!this.#notDue.has(left)) this.#due.add(left);
    }
    const visit = queueVisitId(record.facts);
    if (visit !== undefined && record.decision?.queueVisit === visit) waited.add(visit);
    const { rejected } = record.status ?? {};
    if (rejected && this.#rejectedAt.get(key) !== rejected.at) {
      this.#rejectedAt.set(key, rejected.at);
      this.#due.add(describe(record, 'rejected'));
    }
    const { override } = record;
    if (override) {
      const sentAt = new Date(override.at).toISOString();
      this.#due.add(describe(record, override.set ? 'overridden' : 'released', sentAt));
    }
  }

  /** An operator sends a message. */
  onOrder(body: object | string): void {
    const { type, contactId } = (typeof body === 'string' ? {} : body) as Record<string, unknown>;
    this.#orders.add(orderOf(type, contactId));
  }

  /** EventBridge accepted an event. */
  onAccepted(event: OutgoingEvent): void {
    this.#sent.push(event);
  }

  /**
   * Checks the events at the end of a run.
   *
   * @param records - all records.
   * @param isSending - whether the sweep sends events in this run; otherwise the records keep them.
   */
  check(records: Iterable<ContactRecord>, isSending: boolean, report: ReportViolation): void {
    const kept = [...records].flatMap(({ unsentEvents = [] }) => unsentEvents);
    if (isSending) for (const { detail } of kept) report(`${detail.id} was not sent`);
    const events = [...this.#sent, ...kept];
    const described = new Set(events.map(describeEvent));
    for (const due of this.#due) {
      this.checks += 1;
      const [name = '', key = ''] = due.split(' ');
      // Where they would be too long to keep, the events of changes that were made and of orders go first: the log has
      // them, unless the process ended between its write and its line.
      const isLogged = this.#logged.has(due) || (name === 'escalated' && !this.#answered.has(due));
      const isOrder = name === 'overridden' || name === 'released';
      if (this.#isFull.has(key) && (isLogged || isOrder)) continue;
      if (!described.has(due) && !isCovered(due, events)) report(`no event says ${due}`);
    }
    const byId = new Map<string, OutgoingEvent>();
    for (const event of events) {
      this.checks += 1;
      const id = `${event.detail.instanceId}#${event.detail.id}`;
      const first = byId.get(id) ?? event;
      byId.set(id, first);
      if (canonicalJson(first) !== canonicalJson(event)) report(`${id} was sent with two contents`);
      if (!this.#isFounded(event)) report(`${id} is invented: ${canonicalJson(event.detail)}`);
    }
    for (const { name, detail } of byId.values()) {
      const made = detail.id.replace('missed', 'escalated');
      if (name === 'missed' && byId.has(`${detail.instanceId}#${made}`)) report(`${detail.id} was made, too`);
    }
  }

  /** Whether what an event says happened. */
  #isFounded(event: OutgoingEvent): boolean {
    const { name, detail } = event;
    const key = keyString(detail);
    if (name === 'left' || name === 'missed') {
      const enqueuedAt = Number(detail.id.split('/')[2]);
      return [...(this.#waited.get(key) ?? [])].some((visit) => visitOfId(visit).enqueuedAt === enqueuedAt);
    }
    if ('order' in detail) return this.#orders.has(orderOf(detail.order, detail.contactId));
    const to = 'to' in detail ? detail.to : {};
    const sets = canonicalJson(to);
    // Where the contact had that routing before, nobody can tell whether an update without a result was applied.
    const had = this.#setByOthers.get(key) ?? [];
    if (name === 'escalated' && had.some((routing) => isPartOf(to, routing))) return true;
    const ofContact = this.#attempts.filter((attempt) => attempt.key === key);
    if (name === 'rejected') return ofContact.some((attempt) => attempt.sets === sets);
    // An answer of Connect may confirm a part of an update, or several at once.
    const applied = ofContact.filter(({ isApplied }) => isApplied);
    return Object.entries(to).every(([field, value]) =>
      applied.some((attempt) => isPartOf({ [field]: value }, JSON.parse(attempt.sets) as Routing)),
    );
  }
}

/** Whether an event about several changes at once says what is due: an answer of Connect may confirm more than one. */
function isCovered(due: string, events: readonly OutgoingEvent[]): boolean {
  const [name = '', key = ''] = due.split(' ');
  if (name !== 'escalated') return false;
  const sets = JSON.parse(due.slice(name.length + key.length + 2)) as Routing;
  return events.some(
    ({ name: one, detail }) =>
      one === 'escalated' && keyString(detail) === key && 'to' in detail && isPartOf(sets, detail.to),
  );
}

function isPartOf(routing: Routing, other: Routing): boolean {
  return canonicalJson({ ...other, ...routing }) === canonicalJson(other);
}

function isAway({ decision, closedAt, closure }: ContactRecord): boolean {
  return decision?.reason === 'other-region' || (closedAt !== undefined && closure?.cause === 'other-region');
}

function orderOf(type: unknown, contactId: unknown): string {
  return `${String(type)} ${String(contactId)}`;
}

function describe(key: ContactKey, name: OutgoingEvent['name'], what: Routing | string = ''): string {
  const text = typeof what === 'string' ? what.slice(what.lastIndexOf('@') + 1) : canonicalJson(what);
  return `${name} ${keyString(key)} ${text}`;
}

function describeEvent({ name, detail }: OutgoingEvent): string {
  if (name === 'left') return describe(detail, name, detail.id.split('/')[2]);
  if ('order' in detail) return describe(detail, name, detail.sentAt);
  return describe(detail, name, name === 'escalated' && 'to' in detail ? detail.to : '');
}
