import type { Arrival } from '../centre/index.ts';
import { keyedRandoms, type Random } from '../random.ts';
import { type Distribution, sampler } from './distribution.ts';
import { arrivalTimes, type RateCurve } from './rate-curve.ts';

/** What is alike in all contacts of a stream. */
export type StreamContact = Omit<
  Arrival,
  'contactId' | 'initialContactId' | 'previousContactId' | 'handlingMs' | 'patienceMs'
>;

/** An arrival that is given and not drawn. What it does not say is as in its stream, and drawn where that draws. */
export interface ListedArrival extends Partial<Arrival> {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Contacts that come by one rate and are alike: the callers of one tier, the chats of one page. */
export interface StreamSpec {
  /** Unique in the workload; the ids of its contacts begin with it, and its draws hang on it. */
  readonly name: string;
  /** By chance, or one by one, in order of time; each run goes through the iterable once. */
  readonly arrivals: RateCurve | Iterable<ListedArrival>;
  readonly contact: StreamContact;
  /** How long an agent handles a contact, without after-contact work. */
  readonly handling: Distribution;
  /** How long a customer waits. */
  readonly patience: Distribution;
  /** After handling, some customers wait in another queue for a second agent, once. */
  readonly transfer?: {
    /** From 0 to 1. */
    readonly probability: number;
    readonly queueId: string;
    /** Default: as in the first queue. */
    readonly handling?: Distribution;
  };
  /** Of those who hung up while they waited, some call again, each time with the same probability. */
  readonly redial?: {
    /** From 0 up to, but not including, 1. */
    readonly probability: number;
    readonly delay: Distribution;
  };
}

/** A contact of a stream, in the journey of its customer. */
export interface CustomerContact {
  /** Which arrival of the stream the customer was: 0 for the first one. */
  readonly index: number;
  /** How many contacts of the same customer came before. */
  readonly number: number;
  /** The customer's first contact. */
  readonly first: Arrival;
  /** This one. */
  readonly arrival: Arrival;
}

/** What draws are for: all arrivals of a stream, or the beginning and the end of one contact. */
const ARRIVALS = -1;
const BEGINNING = 0;
const END = 1;

/** The contacts of a stream: when they come, how long they take and what follows on them. */
export class Stream {
  readonly #spec: StreamSpec;
  readonly #randoms: (index: number, purpose: number) => Random;
  readonly #patienceMs: (random: Random) => number;
  readonly #handlingMs: (random: Random) => number;
  readonly #secondHandlingMs: (random: Random) => number;
  readonly #delayMs: (random: Random) => number;

  /** @throws RangeError when a probability or a distribution is out of range. */
  constructor(spec: StreamSpec, key: string) {
    const { name, handling, patience, transfer, redial } = spec;
    checkProbability(name, 'transfer', transfer?.probability, (value) => value <= 1);
    checkProbability(name, 'redial', redial?.probability, (value) => value < 1);
    this.#spec = spec;
    this.#randoms = keyedRandoms(`${key}/${name}`);
    this.#handlingMs = sampler(handling);
    this.#patienceMs = sampler(patience);
    this.#secondHandlingMs = transfer?.handling ? sampler(transfer.handling) : this.#handlingMs;
    this.#delayMs = sampler(redial?.delay ?? { kind: 'never' });
  }

  /** True where something may follow on a contact, so that its end must be known. */
  get hasFollowUps(): boolean {
    return this.#spec.transfer !== undefined || this.#spec.redial !== undefined;
  }

  /** Those who come by themselves, in order of time, from a moment on. Times have fractions of milliseconds. */
  *arrivals(dayBeganAt: number, from: number): Generator<CustomerContact & { readonly at: number }, void> {
    const { arrivals, contact } = this.#spec;
    const times =
      'points' in arrivals ? arrivalTimes(arrivals, dayBeganAt, from, this.#randoms(0, ARRIVALS)) : arrivals;
    let index = 0;
    for (const time of times) {
      const { at, ...given } = typeof time === 'number' ? { at: time } : time;
      const arrival = { ...contact, ...this.#draw(index, 0, this.#handlingMs), ...given };
      if (at >= from) yield { at, index, number: 0, first: arrival, arrival };
      index += 1;
    }
  }

  /** What follows on a contact whose customer hung up while waiting, or was handled; undefined when nothing does. */
  followUp(
    leg: CustomerContact,
    outcome: 'abandoned' | 'answered',
  ): (CustomerContact & { readonly afterMs: number }) | undefined {
    const { transfer, redial } = this.#spec;
    const { index, number, first, arrival } = leg;
    const random = this.#randoms(index, 2 * number + END);
    const drawn = random();
    const initialContactId = first.initialContactId ?? first.contactId;
    const next = { index, number: number + 1, first };
    if (outcome === 'abandoned') {
      if (!redial || drawn >= redial.probability) return undefined;
      const again = { ...first, ...this.#draw(index, number + 1, this.#handlingMs), initialContactId };
      return { ...next, arrival: again, afterMs: this.#delayMs(random) };
    }
    if (!transfer || arrival.queueId === transfer.queueId || drawn >= transfer.probability) return undefined;
    const { routing: _left, ...lasting } = first;
    const onward = {
      ...lasting,
      ...this.#draw(index, number + 1, this.#secondHandlingMs),
      initialContactId,
      previousContactId: arrival.contactId,
      initiationMethod: 'TRANSFER',
      queueId: transfer.queueId,
    };
    return { ...next, arrival: onward, afterMs: 0 };
  }

  #draw(index: number, number: number, handlingMs: (random: Random) => number) {
    const random = this.#randoms(index, 2 * number + BEGINNING);
    return {
      contactId: `${this.#spec.name}-${index + 1}${number > 0 ? `.${number + 1}` : ''}`,
      patienceMs: this.#patienceMs(random),
      handlingMs: handlingMs(random),
    };
  }
}

function checkProbability(
  stream: string,
  what: string,
  value: number | undefined,
  isAllowed: (value: number) => boolean,
): void {
  if (value === undefined || (value >= 0 && isAllowed(value))) return;
  throw new RangeError(
    `The probability of a ${what} of stream "${stream}" is ${value}; it must be from 0 to ${what === 'redial' ? 'below 1' : '1'}.`,
  );
}
