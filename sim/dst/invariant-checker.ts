import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { RoutingStatus } from '../../lambda/domain/contact/routing-status.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { AgeAdjustment } from '../../lambda/domain/routing/routing.ts';
import { DEFAULT_ROUTING, type Routing, routingChanges } from '../../lambda/domain/routing/routing.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import { EventChecker } from './event-checker.ts';
import { FailedTurnChecker } from './failed-turn-checker.ts';
import type { Invariant, Violation } from './invariants.ts';
import { KillSwitchChecker } from './kill-switch-check.ts';
import { MAX_REQUEST_MS } from './latencies.ts';
import { LossChecker } from './loss-checker.ts';
import { MessageTimeChecker } from './message-time-checker.ts';
import type { Process } from './process.ts';
import { OBSERVED_AGES, rolloutOf } from './random-policies.ts';
import type { AppliedUpdate } from './reference/judge.ts';
import { isInRollout } from './reference/policies.ts';
import { RetryChecker } from './retry-checker.ts';
import { UrgencyChecker } from './urgency-checker.ts';

/** An update as it was sent. */
interface SentUpdate {
  readonly key: ContactKey;
  readonly attempt: UpdateAttempt;
  isApplied: boolean;
  /** The process that sent it. */
  readonly process: Pick<Process, 'isAlive'>;
  /** That process has its result. */
  isEnded: boolean;
  /** The current record of the contact says that it was applied. */
  isRecorded: boolean;
  /** Its result is unknown, and another update was about to be sent since: the record does not know of it any more. */
  isForgotten: boolean;
}

/** The observed state of a contact. */
interface ObservedContact {
  /** When it left its queue. Known only in runs in which nothing delays events. */
  leftAt?: number;
  /** Since when its record says that the contact does not wait. */
  leftKnownAt?: number;
  /** The routing in Connect according to the calls alone, independent of the system's records. */
  priority: number;
  ageSeconds: number;
  /** An operator sent an override or a release. */
  isOverridden: boolean;
  /** The first contact of its transfer chain; undefined: itself. */
  firstContactId?: string;
  /** The flow set a routing that the record does not show, and the settings say that flows set nothing. */
  hasUnknownRouting: boolean;
  /** Another Region changed its routing. */
  isChangedElsewhere: boolean;
  /** Its record said at some time that it cannot be acted on, or that Connect rejected a change. */
  wasOutOfReach: boolean;
  lastUpdate?: SentUpdate;
  /** Its routing when it was queued. */
  initialRouting: Routing;
  /** The updates that Connect has applied, in order of time. */
  readonly applied: AppliedUpdate[];
}

/**
 * The maximum duration of the requests between the last read of a contact and the update: the response of the
 * read, and the write that marks the update as in flight, with a retry. Later facts arrive too late.
 */
const LAST_READ_MS = 5 * MAX_REQUEST_MS;

/** Within this time an event is recorded that nothing delays, also by a function that starts cold, in milliseconds. */
const MAX_EVENT_MS = 20_000;

/** An item of DynamoDB has 400 KB, with its index keys; a tenth remains free. */
const MAX_RECORD_BYTES = 360_000;

/** Checks some of the invariants. */
interface Judge {
  /** How many checks it has made. */
  readonly checks: number;
}

/**
 * Checks invariants 1, 4 and 8 when an update is sent and invariant 7 when Connect has handled it, and collects
 * the violations of a run. The others are checked at the end of the run: see checkRateLimit (invariant 3),
 * checkConvergence (2, 5 and 6), EventChecker (11) and KillSwitchChecker (12).
 */
export class InvariantChecker {
  readonly violations: Violation[] = [];
  readonly events = new EventChecker();
  readonly killSwitch: KillSwitchChecker;
  readonly urgency: UrgencyChecker;
  readonly losses = new LossChecker((line) => this.events.onLogged(line));
  readonly messageTimes = new MessageTimeChecker((message) => this.reportViolation(21, message));
  readonly retries = new RetryChecker((message) => this.reportViolation(23, message));
  readonly failedTurns = new FailedTurnChecker((message) => this.reportViolation(24, message));
  readonly tokensTakenAt: number[] = [];
  calls = 0;
  checks = 0;
  readonly #time: VirtualTime;
  readonly #ageAdjustment: AgeAdjustment;
  readonly #flowsMaySetRouting: boolean;
  /** Whether a policy of the run has `allowLower`. */
  readonly policiesMayLower: boolean;
  readonly #contacts = new Map<string, ObservedContact>();
  readonly #judges: Judge[];

  constructor(
    time: VirtualTime,
    { ageAdjustment, checkBeforeFirstChange }: Pick<Settings, 'ageAdjustment' | 'checkBeforeFirstChange'>,
    policiesMayLower: boolean,
  ) {
    this.#time = time;
    this.urgency = new UrgencyChecker(time, (kind, message) =>
      this.reportViolation(kind === 'order' ? 14 : 15, message),
    );
    this.killSwitch = new KillSwitchChecker(time, (message) => this.reportViolation(12, message));
    this.#ageAdjustment = ageAdjustment;
    this.#flowsMaySetRouting = checkBeforeFirstChange;
    this.policiesMayLower = policiesMayLower;
    this.#judges = [
      ...[this.events, this.killSwitch, this.urgency, this.losses, this.messageTimes],
      ...[this.retries, this.failedTurns],
    ];
  }

  /** The checks of judges that only some runs have count, too. */
  countChecksOf(...judges: readonly Judge[]): void {
    this.#judges.push(...judges);
  }

  /** The number of checks of all invariants. */
  get totalChecks(): number {
    return this.#judges.reduce((total, { checks }) => total + checks, this.checks);
  }

  reportViolation(invariant: Invariant, message: string): void {
    this.violations.push({ invariant, at: this.#time.now, message });
  }

  /** A contact continues another one. */
  onTransfer(key: ContactKey, before: ContactKey): void {
    this.#contactOf(key).firstContactId = this.#firstContactId(before);
  }

  #firstContactId(key: ContactKey): string {
    return this.#contactOf(key).firstContactId ?? key.contactId;
  }

  /** A record is written as that text. */
  onWrite({ contactId }: ContactRecord, text: string): void {
    this.checks += 1;
    // A unit of a text takes three bytes at most.
    if (3 * text.length <= MAX_RECORD_BYTES) return;
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_RECORD_BYTES) this.reportViolation(18, `the record of ${contactId} has ${bytes} bytes`);
  }

  /** A contact is queued with the routing that its flow set, or that it has from the contact before a transfer. */
  onArrival(key: ContactKey, routing: Routing = {}): void {
    const contact = this.#contactOf(key);
    contact.priority = routing.priority ?? DEFAULT_ROUTING.priority;
    contact.ageSeconds = routing.ageSeconds ?? DEFAULT_ROUTING.ageSeconds;
    contact.initialRouting = { priority: contact.priority, ageSeconds: contact.ageSeconds };
    const { criteria } = routing;
    this.events.onSetByOthers(key, { ...contact.initialRouting, ...(criteria && { criteria }) });
    contact.hasUnknownRouting =
      !this.#flowsMaySetRouting && (routing.priority !== undefined || routing.ageSeconds !== undefined);
  }

  /** The routing of the contact when it was queued. */
  initialRoutingOf(key: ContactKey): Routing {
    return this.#contactOf(key).initialRouting;
  }

  /** The updates of the contact that Connect has applied, in order of time. */
  appliedTo(key: ContactKey): readonly AppliedUpdate[] {
    return this.#contactOf(key).applied;
  }

  /** A contact leaves its queue, and nothing delays the event. */
  onLeft(key: ContactKey): void {
    this.#contactOf(key).leftAt ??= this.#time.now;
  }

  /** An operator sends an override or a release. */
  onOverride(key: ContactKey): void {
    this.#contactOf(key).isOverridden = true;
  }

  /** Another Region sets the priority of a contact, and later hands it back. */
  onChangedElsewhere(key: ContactKey, priority: number): void {
    const contact = this.#contactOf(key);
    contact.priority = priority;
    contact.isChangedElsewhere = true;
    this.events.onSetByOthers(key, { priority });
  }

  /** Whether another Region changed the routing of the contact. */
  isChangedElsewhere(key: ContactKey): boolean {
    return this.#contactOf(key).isChangedElsewhere;
  }

  /** Whether the system knew at some time that the contact cannot be acted on, or that Connect rejected a change. */
  wasOutOfReach(key: ContactKey): boolean {
    return this.#contactOf(key).wasOutOfReach;
  }

  /** @returns the change that the record shows as made for the first time, as {@link EventChecker.onRecorded} names it. */
  onSave(record: ContactRecord, now: number): string | undefined {
    this.events.onSave(record);
    this.messageTimes.onSave(record);
    this.failedTurns.onSave(record);
    if (this.urgency.onSave(record) === 'missed') this.events.onMissed(record);
    const contact = this.#contactOf(record);
    this.#checkRollout(record);
    contact.wasOutOfReach ||=
      record.closedAt !== undefined ||
      record.decision?.reason === 'other-region' ||
      record.status?.rejected !== undefined;
    const hasLeft = recordsThatItLeft(record);
    if (hasLeft) contact.leftKnownAt ??= now;
    else delete contact.leftKnownAt;
    this.retries.onSave(record, hasLeft, now);
    const { priority, ageSeconds } = record.status?.applied ?? {};
    if (priority === contact.priority && ageSeconds === contact.ageSeconds) contact.hasUnknownRouting = false;
    const { lastUpdate } = contact;
    if (!lastUpdate || record.status?.queueVisit !== lastUpdate.attempt.queueVisit) return undefined;
    const { applied, unconfirmed = [] } = record.status;
    const fields = Object.keys(lastUpdate.attempt.sets) as (keyof typeof lastUpdate.attempt.sets)[];
    lastUpdate.isRecorded =
      canonicalJson(routingChanges(lastUpdate.attempt.sets, applied)) === '{}' &&
      !fields.some((field) => unconfirmed.includes(field));
    lastUpdate.isForgotten ||= !lastUpdate.isRecorded && isOfAnother(record.status, lastUpdate.attempt);
    if (!lastUpdate.isRecorded || !lastUpdate.isApplied || lastUpdate.isForgotten) return undefined;
    return this.events.onRecorded(record, lastUpdate.attempt);
  }

  /** Tokens for updates were taken. */
  onTokensGranted(count: number, takenAt: number): void {
    this.tokensTakenAt.push(...Array.from({ length: count }, () => takenAt));
  }

  /** A process sends an update. */
  onSend(process: Process, key: ContactKey, attempt: UpdateAttempt): SentUpdate {
    const { now } = this.#time;
    const contact = this.#contactOf(key);
    this.calls += 1;
    this.events.onAttempt(key, attempt);
    this.urgency.onSend(process, key);
    this.killSwitch.onCall(process, `change of ${key.contactId}`);
    this.#checkNotKnownToHaveLeft(process, key, contact, now);
    this.#checkNotLeft(process, key, contact, now);
    this.#checkNotOfShadow(key, attempt);
    this.#checkNotSentBefore(key, contact, attempt);
    const sent: SentUpdate = {
      key,
      attempt,
      process,
      isApplied: false,
      isEnded: false,
      isRecorded: false,
      isForgotten: false,
    };
    contact.lastUpdate = sent;
    return sent;
  }

  /** Connect has handled the update. */
  onResponse(sent: SentUpdate, result: UpdateResult, isApplied: boolean): void {
    if (!isApplied) return;
    sent.isApplied = true;
    this.events.onApplied(sent.key, sent.attempt);
    const contact = this.#contactOf(sent.key);
    const { QueuePriority: priority, QueueTimeAdjustmentSeconds: sentAge } = sent.attempt.update;
    const age =
      sentAge === undefined || this.#ageAdjustment === 'absolute' ? sentAge : contact.ageSeconds + sentAge;
    const mayLower = contact.isOverridden || contact.hasUnknownRouting || this.policiesMayLower;
    this.checks += 1;
    if (!mayLower && priority !== undefined && priority > contact.priority) {
      this.reportViolation(
        7,
        `${sent.key.contactId} fell from priority ${contact.priority} to ${priority} (${result.kind})`,
      );
    }
    if (!mayLower && age !== undefined && age < contact.ageSeconds) {
      this.reportViolation(
        7,
        `${sent.key.contactId} fell from age ${contact.ageSeconds} s to ${age} s (${result.kind})`,
      );
    }
    contact.priority = priority ?? contact.priority;
    contact.ageSeconds = age ?? contact.ageSeconds;
    contact.applied.push({ at: this.#time.now, priority: contact.priority, ageSeconds: contact.ageSeconds });
  }

  /** The process that sent the update has its result, or knows that there will be none. */
  onEnded(sent: SentUpdate): void {
    sent.isEnded = true;
  }

  #checkNotKnownToHaveLeft(process: Process, key: ContactKey, contact: ObservedContact, now: number): void {
    this.checks += 1;
    const { leftKnownAt } = contact;
    if (leftKnownAt === undefined) return;
    const elapsedMs = now - leftKnownAt - process.delayedMs(leftKnownAt, now);
    if (elapsedMs > LAST_READ_MS) {
      this.reportViolation(
        1,
        `${process.name} updates ${key.contactId}, whose record has said for ${elapsedMs} ms that it left`,
      );
    }
  }

  /** A record may say wrongly that the contact waits. */
  #checkNotLeft(process: Process, key: ContactKey, { leftAt }: ObservedContact, now: number): void {
    this.checks += 1;
    if (leftAt === undefined || now - leftAt <= MAX_EVENT_MS) return;
    this.reportViolation(1, `${process.name} updates ${key.contactId}, which left ${now - leftAt} ms ago`);
  }

  /** All contacts of a transfer chain are on the same side of a rollout. */
  #checkRollout(record: ContactRecord): void {
    const { policy } = record.decision ?? {};
    const percent = policy === undefined ? undefined : rolloutOf(policy);
    if (policy === undefined || percent === undefined) return;
    this.checks += 1;
    const first = this.#firstContactId(record);
    if (!isInRollout(policy, percent, first)) {
      this.reportViolation(
        16,
        `${record.contactId} is governed by ${policy}, whose rollout has ${first} not`,
      );
    }
  }

  #checkNotOfShadow({ contactId }: ContactKey, { sets }: UpdateAttempt): void {
    this.checks += 1;
    if (sets.ageSeconds !== undefined && OBSERVED_AGES.includes(sets.ageSeconds)) {
      this.reportViolation(
        8,
        `${contactId} is sent age ${sets.ageSeconds} s, which only an observing policy sets`,
      );
    }
  }

  /** An update is the same by generation and request; the record of the contact knows the fields that it sets. */
  #checkNotSentBefore(key: ContactKey, { lastUpdate }: ObservedContact, attempt: UpdateAttempt): void {
    this.checks += 1;
    if (!lastUpdate || lastUpdate.attempt.queueVisit !== attempt.queueVisit) return;
    const { process, isEnded, isApplied, isRecorded } = lastUpdate;
    const again = `${key.contactId} is sent ${canonicalJson(attempt.update)} again, which`;
    if (!isEnded && process.isAlive && isSameUpdate(lastUpdate.attempt, attempt)) {
      this.reportViolation(4, `${again} another process is sending`);
    }
    const isSame = canonicalJson(lastUpdate.attempt.sets) === canonicalJson(attempt.sets);
    if (isApplied && isRecorded && isSame) this.reportViolation(4, `${again} is known to be applied`);
  }

  #contactOf(key: ContactKey): ObservedContact {
    const text = keyString(key);
    let contact = this.#contacts.get(text);
    if (!contact) {
      contact = {
        ...DEFAULT_ROUTING,
        isOverridden: false,
        hasUnknownRouting: false,
        isChangedElsewhere: false,
        wasOutOfReach: false,
        initialRouting: DEFAULT_ROUTING,
        applied: [],
      };
      this.#contacts.set(text, contact);
    }
    return contact;
  }
}

/** True when the record says that the contact does not wait any more. Does not share code with the flow. */
function recordsThatItLeft({ facts, closedAt }: ContactRecord): boolean {
  if (closedAt !== undefined) return true;
  if (!facts?.queue) return false;
  return facts.disconnectedAt !== undefined || (facts.connectedAt ?? 0) >= facts.queue.enqueuedAt;
}

/** True of two attempts to send one update. */
function isSameUpdate(a: UpdateAttempt, b: UpdateAttempt): boolean {
  return a.generation === b.generation && canonicalJson(a.update) === canonicalJson(b.update);
}

/** Whether a record says that another update than that one may have been made, and nobody knows. */
function isOfAnother({ applied, unconfirmed = [] }: RoutingStatus, { sets }: UpdateAttempt): boolean {
  return unconfirmed.some((field) => canonicalJson(sets[field]) !== canonicalJson(applied[field]));
}
