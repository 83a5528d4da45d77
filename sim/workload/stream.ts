import type { Routing } from '../../lambda/domain/routing/routing.ts';
import type { Arrival } from '../centre/index.ts';
import { keyedRandoms, type Random } from '../random.ts';
import { type Distribution, sampler } from './distribution.ts';
import { arrivalTimes, type DayFactor, type RateCurve } from './rate-curve.ts';

/** The members that all contacts of a stream share. */
export type StreamContact = Omit<
  Arrival,
  | 'contactId'
  | 'initialContactId'
  | 'previousContactId'
  | 'enqueuedAt'
  | 'handlingMs'
  | 'patienceMs'
  | 'ringingMs'
  | 'afterContactWorkMs'
>;

/** A given arrival. Members that it lacks are those of its stream or drawn at random. */
export interface ListedArrival extends Partial<Arrival> {
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A share of the customers who were handled waits in another queue, as a new contact. */
export interface Transfer {
  /** From 0 to 1. */
  readonly probability: number;
  readonly queueId: string;
  /**
   * Who transfers. `agent`: by a quick connect, and the contact keeps its enqueue time, so that it goes before those who came
   * later. `flow`: after the agent has left, and the contact goes behind those who wait.
   */
  readonly by: 'agent' | 'flow';
  /** Default: as in the first queue. */
  readonly handling?: Distribution;
  /** What the flow of the transfer sets before the second queue. Default: that of a new contact. */
  readonly routing?: Routing;
}

/** Similar contacts with a common arrival rate: the callers of one tier, the chats of one page. */
export interface StreamSpec {
  /** Unique in the workload. The ids of the contacts start with it, and it is part of the random seed. */
  readonly name: string;
  /** A random process, or a list in order of time; each run reads the iterable once. */
  readonly arrivals: RateCurve | Iterable<ListedArrival>;
  readonly contact: StreamContact;
  /** The handling time, without after-contact work. */
  readonly handling: Distribution;
  /** The after-contact work, also that of a second agent. Default: that of the centre. */
  readonly afterContactWork?: Distribution;
  /** The time from the offer of the contact to an agent until the answer. Default: agents answer at once. */
  readonly ringing?: Distribution;
  /** The patience: the time after which a customer abandons the queue. */
  readonly patience: Distribution;
  /** After handling, some customers wait in another queue for a second agent, once. Probabilities sum to at most 1. */
  readonly transfers?: readonly Transfer[];
  /** Some customers who abandoned call again, each time with the same probability. */
  readonly redial?: {
    /** From 0 up to, but not including, 1. */
    readonly probability: number;
    readonly delay: Distribution;
  };
}

/** A contact of a stream and its position in the sequence of contacts of a customer. */
export interface CustomerContact {
  /** The number of the customer in the stream, from 0. */
  readonly index: number;
  /** The number of earlier contacts of the customer. */
  readonly number: number;
  /** The first contact of the customer. */
  readonly first: Arrival;
  /** This contact. */
  readonly arrival: Arrival;
}

/** The purposes of random numbers: the arrivals of the stream, and the start and the end of a contact. */
const ARRIVALS = -1;
const BEGINNING = 0;
const END = 1;

/** The contacts of a stream: their arrivals, durations and follow-up contacts. */
export class Stream {
  readonly #spec: StreamSpec;
  readonly #randoms: (index: number, purpose: number) => Random;
  readonly #patienceMs: (random: Random) => number;
  readonly #handlingMs: (random: Random) => number;
  readonly #ringingMs: ((random: Random) => number) | undefined;
  readonly #afterContactWorkMs: ((random: Random) => number) | undefined;
  readonly #transfers: readonly (Transfer & { readonly handlingMs: (random: Random) => number })[];
  readonly #delayMs: (random: Random) => number;

  /** @throws RangeError when a probability or a distribution is out of range. */
  constructor(spec: StreamSpec, key: string) {
    const { name, handling, ringing, afterContactWork, patience, transfers = [], redial } = spec;
    const transferred = transfers.reduce((sum, { probability }) => sum + probability, 0);
    for (const { probability } of transfers)
      checkProbability(name, 'transfer', probability, (value) => value <= 1);
    // Shares that are written with a few decimals.
    checkProbability(name, 'transfer', transferred, (value) => value <= 1 + 1e-6);
    checkProbability(name, 'redial', redial?.probability, (value) => value < 1);
    this.#spec = spec;
    this.#randoms = keyedRandoms(`${key}/${name}`);
    this.#handlingMs = sampler(handling);
    this.#ringingMs = ringing && sampler(ringing);
    this.#afterContactWorkMs = afterContactWork && sampler(afterContactWork);
    this.#patienceMs = sampler(patience);
    this.#transfers = transfers.map((transfer) => ({
      ...transfer,
      handlingMs: transfer.handling ? sampler(transfer.handling) : this.#handlingMs,
    }));
    this.#delayMs = sampler(redial?.delay ?? { kind: 'never' });
  }

  /** True when contacts may have follow-ups, so that their end matters. */
  get hasFollowUps(): boolean {
    return this.#transfers.length > 0 || this.#spec.redial !== undefined;
  }

  /**
   * The first contacts of customers in order of time, from a moment on. Times have fractions of milliseconds.
   */
  *arrivals(
    dayBeganAt: number,
    from: number,
    factorOf?: DayFactor,
  ): Generator<CustomerContact & { readonly at: number }, void> {
    const { arrivals, contact } = this.#spec;
    const times =
      'points' in arrivals
        ? arrivalTimes(arrivals, dayBeganAt, from, this.#randoms(0, ARRIVALS), factorOf)
        : arrivals;
    let index = 0;
    for (const entry of times) {
      const { at, ...given } = typeof entry === 'number' ? { at: entry } : entry;
      const arrival = { ...contact, ...this.#draw(index, 0, this.#handlingMs), ...given };
      if (at >= from) yield { at, index, number: 0, first: arrival, arrival };
      index += 1;
    }
  }

  /**
   * The follow-up of a contact whose customer abandoned or was answered; undefined when there is none.
   *
   * @param enqueuedAt - that of the contact, in milliseconds since the epoch.
   */
  followUp(
    leg: CustomerContact,
    waitEnd: 'abandoned' | 'answered',
    enqueuedAt: number,
  ): (CustomerContact & { readonly afterMs: number }) | undefined {
    const { redial } = this.#spec;
    const { index, number, first, arrival } = leg;
    const random = this.#randoms(index, 2 * number + END);
    const drawn = random();
    const initialContactId = first.initialContactId ?? first.contactId;
    const next = { index, number: number + 1, first };
    if (waitEnd === 'abandoned') {
      if (!redial || drawn >= redial.probability) return undefined;
      const again = { ...first, ...this.#draw(index, number + 1, this.#handlingMs), initialContactId };
      return { ...next, arrival: again, afterMs: this.#delayMs(random) };
    }
    const transfer = this.#transferOf(drawn);
    const wasTransferred = number > 0 && arrival.previousContactId !== undefined;
    if (!transfer || wasTransferred || arrival.queueId === transfer.queueId) return undefined;
    const { routing: _routing, ...common } = first;
    const onward = {
      ...common,
      ...this.#draw(index, number + 1, transfer.handlingMs),
      initialContactId,
      previousContactId: arrival.contactId,
      queueId: transfer.queueId,
      ...(transfer.by === 'agent'
        ? { initiationMethod: 'TRANSFER', enqueuedAt }
        : { initiationMethod: 'DISCONNECT' }),
      ...(transfer.routing && { routing: transfer.routing }),
    };
    return { ...next, arrival: onward, afterMs: 0 };
  }

  /** @param drawn - a number from 0 to 1. */
  #transferOf(drawn: number) {
    let below = 0;
    return this.#transfers.find(({ probability }) => {
      below += probability;
      return drawn < below;
    });
  }

  #draw(index: number, number: number, handlingMs: (random: Random) => number) {
    const random = this.#randoms(index, 2 * number + BEGINNING);
    const contact = {
      contactId: `${this.#spec.name}-${index + 1}${number > 0 ? `.${number + 1}` : ''}`,
      patienceMs: this.#patienceMs(random),
      handlingMs: handlingMs(random),
    };
    // After the others, so that a stream without them has the same customers.
    const ringingMs = this.#ringingMs?.(random);
    const afterContactWorkMs = this.#afterContactWorkMs?.(random);
    return {
      ...contact,
      ...(ringingMs !== undefined && { ringingMs }),
      ...(afterContactWorkMs !== undefined && { afterContactWorkMs }),
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
