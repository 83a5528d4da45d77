import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { defined } from '../../lambda/domain/json.ts';
import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import type { ContactCentre } from '../centre/index.ts';
import type { EscalationModel } from '../escalation/index.ts';
import { keyedRandoms } from '../random.ts';
import { type Act, actMoments, type Scenario, tierOfContact } from '../scenario/index.ts';
import type { RunKey } from '../workload/index.ts';

/** A waiting contact. */
interface Candidate {
  readonly contactId: string;
  readonly queueId: string;
}

/**
 * Does in a run what the acts of a scenario say. Whether an act concerns a contact depends on the seed, the run and the
 * contact alone, so it concerns the same ones under all policies.
 */
export class ActScheduler {
  readonly #acts: readonly Act[];
  readonly #scenario: Scenario;
  readonly #key: string;
  readonly #model: EscalationModel;
  readonly #centre: Pick<ContactCentre, 'now' | 'schedule' | 'isWaiting'>;
  readonly #tierOf: (contactId: string) => string | undefined;
  #pausedUntil = 0;

  constructor(
    scenario: Scenario,
    { seed, run }: RunKey,
    model: EscalationModel,
    centre: Pick<ContactCentre, 'now' | 'schedule' | 'isWaiting'>,
  ) {
    this.#acts = scenario.acts ?? [];
    this.#scenario = scenario;
    this.#key = `${seed}/${run}`;
    this.#model = model;
    this.#centre = centre;
    this.#tierOf = tierOfContact(scenario);
  }

  /** Schedules the acts that are done at a time. @param endsAt - milliseconds since the epoch. */
  start(endsAt: number): void {
    const { dayBeganAt, startsAt } = this.#scenario;
    for (const [index, act] of this.#acts.entries()) {
      for (const at of actMoments(act.time, dayBeganAt, startsAt, endsAt))
        this.#centre.schedule(at, (now) => this.#perform(act, index, now));
    }
  }

  /** Call it with each event of the centre: some acts are done when a contact has waited for a time. */
  onEvent({ eventType, facts }: ContactEvent): void {
    if (eventType !== 'QUEUED' || !facts.queue) return;
    const { contactId } = facts;
    const queueId = queueStateKey(facts.queue.arn);
    for (const [index, act] of this.#acts.entries()) {
      if (!('afterMs' in act.time) || !this.#concerns(act, index, { contactId, queueId })) continue;
      this.#centre.schedule(this.#centre.now + act.time.afterMs, (now) => {
        if (this.#centre.isWaiting(now, contactId)) this.#send(act, index, contactId, now);
      });
    }
  }

  #perform(act: Act, index: number, now: number): void {
    const { does } = act;
    const forQueue = queueSignalOf(act);
    if (does.kind === 'pause') {
      this.#pause(now + does.ms);
    } else if (forQueue) {
      const { queueId, signal, ttlMs } = forQueue;
      this.#model.handleQueueSignal(queueId, signal, { at: now, until: now + ttlMs });
    } else {
      const contacts = [...this.#model.waitingContacts()].filter((contact) =>
        this.#concerns(act, index, contact),
      );
      for (const { contactId } of contacts) this.#send(act, index, contactId, now);
    }
  }

  /** The kill switch is on until then; pauses that overlap end with the last one. */
  #pause(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
    this.#model.setPaused(true);
    this.#centre.schedule(until, (now) => {
      if (now >= this.#pausedUntil) this.#model.setPaused(false);
    });
  }

  #send({ does }: Act, index: number, contactId: string, now: number): void {
    if (does.kind === 'pause') return;
    const identity = { id: `act-${index}-${now}`, at: now };
    if (does.kind === 'release') {
      this.#model.handleMessage(contactId, { type: 'release', ...identity });
      return;
    }
    const until = does.ttlMs === undefined ? undefined : now + does.ttlMs;
    const what =
      does.kind === 'signal' ? { type: does.kind, signal: does.signal } : { type: does.kind, set: does.set };
    this.#model.handleMessage(contactId, defined({ ...what, ...identity, until }));
  }

  #concerns({ queueId, tier, share = 1 }: Act, index: number, contact: Candidate): boolean {
    if (queueId !== undefined && queueId !== contact.queueId) return false;
    if (tier !== undefined && tier !== this.#tierOf(contact.contactId)) return false;
    if (share === 1) return true;
    return keyedRandoms(`${this.#key} act ${index} ${contact.contactId}`)(0, 0)() < share;
  }
}

/** The signal of an act for a queue alone, and not for some of its contacts; undefined of other acts, and without a ttl. */
function queueSignalOf({ does, queueId, tier, share }: Act) {
  if (does.kind !== 'signal' || does.ttlMs === undefined || queueId === undefined) return undefined;
  const isForAll = tier === undefined && share === undefined;
  return isForAll ? { queueId, signal: does.signal, ttlMs: does.ttlMs } : undefined;
}
