import type { ContactCentre, FinishedContact } from '../centre/index.ts';
import { type CustomerContact, Stream, type StreamSpec } from './stream.ts';

/** Who comes to a centre, and when. */
export interface WorkloadSpec {
  /** When time of day was 0, in milliseconds since the epoch: that of rate curves. Days have 24 hours. */
  readonly dayBeganAt: number;
  /** Nobody comes before, in milliseconds since the epoch. */
  readonly startsAt: number;
  /** Nobody comes from then on; who is there is dealt with. */
  readonly endsAt: number;
  readonly streams: readonly StreamSpec[];
}

/** Which draws: runs of one seed are independent of each other. */
export interface RunKey {
  readonly seed: number;
  readonly run: number;
}

/**
 * Lets the contacts of a workload come to a centre. What a contact draws hangs on the seed, the run, its stream
 * and its number alone, so all centres that are fed with the same key meet the same customers, whatever their
 * policies do. Only the contacts that are there, or that will call again, are held in memory.
 *
 *     const workload = new Workload(spec, { seed: 1, run: 0 });
 *     const centre = new ContactCentre({ ..., onDisconnected: (contact) => workload.left(contact) });
 *     workload.feed(centre);
 *     centre.advance(spec.endsAt);
 */
export class Workload {
  readonly #spec: WorkloadSpec;
  readonly #key: string;
  /** Those on whom something may follow. */
  readonly #present = new Map<string, { readonly stream: Stream; readonly leg: CustomerContact }>();
  #centre: Pick<ContactCentre, 'arrive' | 'schedule'> | undefined;

  constructor(spec: WorkloadSpec, { seed, run }: RunKey) {
    this.#spec = spec;
    this.#key = `${seed}/${run}`;
  }

  /**
   * To be called once, before the centre lives. Each arrival books the next one of its stream.
   *
   * @throws RangeError when the specification is out of range.
   */
  attach(centre: Pick<ContactCentre, 'arrive' | 'schedule'>): void {
    const { dayBeganAt, startsAt, streams } = this.#spec;
    this.#centre = centre;
    for (const spec of streams) {
      const stream = new Stream(spec, this.#key);
      this.#scheduleNext(stream, stream.arrivals(dayBeganAt, startsAt));
    }
  }

  /**
   * To be told when a customer is gone: some are transferred, and some call again. On a contact that a flow
   * transferred out of its queue nothing follows from here.
   */
  onDisconnected({ contactId, waitEnd: outcome, disconnectedAt }: FinishedContact): void {
    const known = this.#present.get(contactId);
    if (!known) return;
    this.#present.delete(contactId);
    if (outcome === 'transferred') return;
    const sequel = known.stream.followUp(known.leg, outcome);
    if (!sequel) return;
    const at = disconnectedAt + sequel.afterMs;
    if (outcome === 'answered' || at < this.#spec.endsAt) this.#schedule(known.stream, at, sequel);
  }

  #scheduleNext(stream: Stream, arrivals: ReturnType<Stream['arrivals']>): void {
    const { value } = arrivals.next();
    if (!value || value.at >= this.#spec.endsAt) return;
    this.#schedule(stream, value.at, value, () => this.#scheduleNext(stream, arrivals));
  }

  #schedule(stream: Stream, at: number, leg: CustomerContact, then?: () => void): void {
    this.#centre?.schedule(at, (now) => {
      if (stream.hasFollowUps) this.#present.set(leg.arrival.contactId, { stream, leg });
      this.#centre?.arrive(now, leg.arrival);
      then?.();
    });
  }
}
