import { urgencyOf, workOf } from '../../lambda/domain/dealings.ts';
import { callFor } from '../../lambda/domain/made-call.ts';
import {
  afterCall,
  afterDescription,
  afterNoDescription,
  announced,
  type CallOutcome,
  closed,
  type MadeCall,
  questionOf,
} from '../../lambda/domain/outcome.ts';
import { describeLimits, type Settings, updateLimits } from '../../lambda/domain/settings.ts';
import { urgeToAsk } from '../../lambda/flow/ask.ts';
import { Heap } from '../centre/heap.ts';
import { domainDescription } from '../virtual/domain-description.ts';
import { Bucket } from './bucket.ts';
import { compareTurns, type KnownContact, type Turn } from './known-contact.ts';
import { type EscalatedCentre, type EscalationListener, LATENCY_MS } from './options.ts';

const GONE = { kind: 'gone', message: 'It waits no more.' } as const satisfies CallOutcome;

/** What dispatch does (lambda/flow/drain.ts), without requests: the most urgent work first, within the quotas. */
export class Dispatcher {
  readonly #centre: EscalatedCentre;
  readonly #settings: Settings;
  readonly #listener: EscalationListener;
  readonly #look: (contact: KnownContact, now: number) => void;
  readonly #turns = {
    changes: new Heap<Turn>(compareTurns),
    attributes: new Heap<Turn>(compareTurns),
  };
  readonly #updates: Bucket;
  readonly #descriptions: Bucket;
  #roundAt = Number.POSITIVE_INFINITY;

  /** @param look - has a contact decided upon again. */
  constructor(
    centre: EscalatedCentre,
    settings: Settings,
    listener: EscalationListener,
    look: (contact: KnownContact, now: number) => void,
  ) {
    this.#centre = centre;
    this.#settings = settings;
    this.#listener = listener;
    this.#look = look;
    this.#updates = new Bucket(updateLimits(settings));
    this.#descriptions = new Bucket(describeLimits(settings));
  }

  /** Puts a contact in line for what is left to do for it as it was last decided, if anything is. */
  enlist(contact: KnownContact, now: number): void {
    const { record, isAttended, isGone } = contact;
    const before = contact.entry?.value;
    const work = isGone ? undefined : workOf(record);
    const generation = record.decision?.generation ?? 0;
    if (before?.kind === 'changes' && (!work || generation !== before.generation)) this.#listener.overtaken();
    this.#leave(contact);
    if (!work || isAttended) return;
    if (work.kind === 'decide') {
      this.#centre.schedule(now + LATENCY_MS.wake, (at) => this.#look(contact, at));
      return;
    }
    const { kind } = work;
    const urgency = urgencyOf(record, now);
    if (urgency === undefined) return;
    contact.entry = this.#turns[kind].push({ contact, kind, urgency, generation });
    this.#roundIn(LATENCY_MS.dispatch, now);
  }

  #leave(contact: KnownContact): void {
    if (!contact.entry) return;
    this.#turns[contact.entry.value.kind].remove(contact.entry);
    delete contact.entry;
  }

  #roundIn(delayMs: number, now: number): void {
    const at = now + delayMs;
    if (this.#settings.pause || at >= this.#roundAt) return;
    this.#roundAt = at;
    this.#centre.schedule(at, (then) => {
      if (at !== this.#roundAt) return;
      this.#roundAt = Number.POSITIVE_INFINITY;
      this.#round(then);
    });
  }

  #round(now: number): void {
    this.#serve('changes', this.#updates, (contact) => this.#change(contact, now), now);
    this.#serve('attributes', this.#descriptions, (contact) => this.#ask(contact, now), now);
  }

  #serve(kind: Turn['kind'], bucket: Bucket, attend: (contact: KnownContact) => void, now: number): void {
    for (let turn = this.#turns[kind].peek(); turn; turn = this.#turns[kind].peek()) {
      const waitMs = bucket.untilTokenMs(now);
      if (waitMs > 0) {
        this.#roundIn(waitMs, now);
        return;
      }
      this.#leave(turn.contact);
      attend(turn.contact);
    }
  }

  /** Makes a contact's next call, after asking what is in force where that is not known. */
  #change(contact: KnownContact, now: number): void {
    const { ageAdjustment } = this.#settings;
    const urge = urgeToAsk(contact.record, this.#settings);
    if (urge !== 'none') {
      if (this.#descriptions.take(now) === 0) {
        if (!this.#waits(contact)) {
          // The answer tells what the event has not told yet.
          this.#listener.overtaken();
          contact.isGone = true;
          return;
        }
        this.#learn(contact, []);
      } else if (urge === 'useful') contact.record = afterNoDescription(contact.record, ageAdjustment);
      else {
        const urgency = urgencyOf(contact.record, now) ?? '';
        const generation = contact.record.decision?.generation ?? 0;
        contact.entry = this.#turns.attributes.push({ contact, kind: 'attributes', urgency, generation });
        return;
      }
    }
    const made = callFor(contact.record, ageAdjustment);
    if (!made) return;
    this.#updates.take(now);
    contact.record = announced(contact.record, made);
    contact.isAttended = true;
    this.#centre.schedule(now + LATENCY_MS.call, (at) => this.#call(contact, made, at));
  }

  #call(contact: KnownContact, made: MadeCall, now: number): void {
    const { record } = contact;
    contact.isAttended = false;
    if (!this.#waits(contact)) {
      this.#listener.overtaken();
      contact.record = afterCall(record, made, GONE, now);
      return;
    }
    this.#centre.updateRouting(now, record.contactId, made.update);
    contact.calls += 1;
    contact.record = afterCall(record, made, { kind: 'done' }, now);
    this.#listener.called(contact.record, made, now);
    this.enlist(contact, now);
  }

  /** Asks for the attributes that policies need, and has the contact decided upon with them. */
  #ask(contact: KnownContact, now: number): void {
    this.#descriptions.take(now);
    contact.isAttended = true;
    this.#centre.schedule(now + LATENCY_MS.call, (at) => {
      contact.isAttended = false;
      const work = workOf(contact.record);
      if (!this.#waits(contact)) contact.record = closed(contact.record, GONE.message, at);
      else if (work) this.#learn(contact, work.kind === 'attributes' ? work.names : []);
      this.enlist(contact, at);
    });
  }

  /** What Connect knows; the events of a moment are told when it is over. */
  #waits({ record }: KnownContact): boolean {
    return this.#centre.isWaiting(this.#centre.now, record.contactId);
  }

  #learn(contact: KnownContact, attributeNames: readonly string[]): void {
    const { record } = contact;
    const description = domainDescription(this.#centre.describe(this.#centre.now, record.contactId));
    contact.record = afterDescription(record, description, questionOf(record, attributeNames));
  }
}
