import type { ContactCentre, FinishedContact } from '../centre/index.ts';
import { keyedRandoms } from '../random.ts';
import { gammaFactor } from './draws.ts';
import type { DayFactor } from './rate-curve.ts';
import { type CustomerContact, Stream, type StreamSpec } from './stream.ts';

/** The arrivals of a centre. */
export interface WorkloadSpec {
  /** The start of the day of the rate curves, in milliseconds since the epoch. Days have 24 hours. */
  readonly dayBeganAt: number;
  /** The first arrival is not before this time, in milliseconds since the epoch. */
  readonly startsAt: number;
  /** Arrivals end at this time; present customers may still be transferred. */
  readonly endsAt: number;
  readonly streams: readonly StreamSpec[];
  /**
   * How much whole days differ beyond the scatter of arrivals: the standard deviation of the factor, of mean 1, that
   * multiplies the arrivals of all streams on a day. Lists of arrivals are taken as they are. Default: 0.
   */
  readonly dayVariation?: number;
}

/** Identifies the random numbers of a run. Runs of one seed are independent of each other. */
export interface RunKey {
  readonly seed: number;
  readonly run: number;
}

/**
 * Generates the arrivals of a centre. The random numbers of a contact depend only on the seed, the run, the
 * stream and the number of the contact, so centres with the same key receive the same customers under all
 * policies. Memory holds only present customers and those who will call again.
 *
 *     const workload = new Workload(spec, { seed: 1, run: 0 });
 *     const centre = new ContactCentre({ ..., onDisconnected: (contact) => workload.onDisconnected(contact) });
 *     workload.attach(centre);
 *     centre.advance(spec.endsAt);
 */
export class Workload {
  readonly #spec: WorkloadSpec;
  readonly #key: string;
  /** Contacts that may have follow-ups. */
  readonly #present = new Map<string, { readonly stream: Stream; readonly leg: CustomerContact }>();
  #centre: Pick<ContactCentre, 'arrive' | 'schedule'> | undefined;

  constructor(spec: WorkloadSpec, { seed, run }: RunKey) {
    this.#spec = spec;
    this.#key = `${seed}/${run}`;
  }

  /**
   * Connects the workload to a centre. Call it once, before the first event. Each arrival schedules the next
   * one of its stream.
   *
   * @throws RangeError when the specification is invalid.
   */
  attach(centre: Pick<ContactCentre, 'arrive' | 'schedule'>): void {
    const { dayBeganAt, startsAt, streams, dayVariation = 0 } = this.#spec;
    const factorOf = dayVariation > 0 ? dayFactors(dayVariation, this.#key) : undefined;
    this.#centre = centre;
    for (const spec of streams) {
      const stream = new Stream(spec, this.#key);
      this.#scheduleNext(stream, stream.arrivals(dayBeganAt, startsAt, factorOf));
    }
  }

  /**
   * Call it when a customer disconnects: some are transferred, and some call again. A contact that a flow
   * transferred has no follow-up here.
   */
  onDisconnected({ contactId, waitEnd, enqueuedAt, disconnectedAt }: FinishedContact): void {
    const present = this.#present.get(contactId);
    if (!present) return;
    this.#present.delete(contactId);
    if (waitEnd === 'transferred') return;
    const followUp = present.stream.followUp(present.leg, waitEnd, enqueuedAt);
    if (!followUp) return;
    const at = disconnectedAt + followUp.afterMs;
    if (waitEnd === 'answered' || at < this.#spec.endsAt) this.#schedule(present.stream, at, followUp);
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

/** The factor of each day, equal for all streams of a run. */
function dayFactors(variation: number, key: string): DayFactor {
  const randoms = keyedRandoms(`${key} days`);
  return (day) => gammaFactor(randoms(day, 0), variation);
}
