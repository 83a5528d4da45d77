import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { defined } from '../../lambda/domain/json.ts';
import { isEscalated } from './escalated.ts';
import type { SystemState } from './system-state.ts';
import type { WaitingContact } from './waiting-contact.ts';

const HOUR_MS = 3_600_000;

/** Samples of the last hour are this far apart, or farther where looks are. */
const SAMPLE_MS = 15_000;

/** What became of contacts that left a queue, or a policy, in the last hour, as far as they were seen. */
export interface Departures {
  readonly answered: number;
  /** Contacts that ended before an agent had them. */
  readonly abandoned: number;
  /** The mean wait of those who were answered, in seconds; absent where nobody was. */
  readonly meanWaitSeconds?: number;
  /** Those of them who had a target, and those of these who were answered before it was over. */
  readonly withTarget: number;
  readonly withinTarget: number;
  /** Those of them who were escalated; of a policy that observes: those that it would have changed. */
  readonly escalated: number;
}

/** The figures of one moment of the last hour. */
export interface Sample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly waiting: number;
  readonly due: number;
}

/** The last hour, since somebody has been looking. */
export interface RecentHour {
  /** Since when departures are known, in milliseconds since the epoch. */
  readonly since: number;
  readonly samples: readonly Sample[];
  /** By the ids of queues. */
  readonly queues: Readonly<Record<string, Departures>>;
  /** By the names of the policies that governed them last, and of those that would have, had they not observed alone. */
  readonly policies: Readonly<Record<string, Departures>>;
}

interface Departure {
  /** When it left, in milliseconds since the epoch. */
  readonly at: number;
  readonly queueId: string;
  readonly policy: string | undefined;
  readonly isEscalated: boolean;
  /** Policies that observed it, and whether they would have changed it. */
  readonly observers: readonly { readonly policy: string; readonly wouldChange: boolean }[];
  readonly isAnswered: boolean;
  readonly waitSeconds: number;
  /** Absent: it had no target. */
  readonly isWithinTarget: boolean | undefined;
}

/**
 * Remembers what one look after the other shows. The table keeps no list of contacts that have left, so only those are
 * known that left while somebody was looking.
 */
export class RecentHourMemory {
  readonly #since: number;
  #samples: Sample[] = [];
  #departures: Departure[] = [];
  #waiting: ReadonlyMap<string, { readonly contact: WaitingContact; readonly queueId: string }> = new Map();

  /** @param since - the first look, in milliseconds since the epoch. */
  constructor(since: number) {
    this.#since = since;
  }

  /** @param left - records of contacts that have left since the last look. */
  add(state: SystemState, left: readonly ContactRecord[]): void {
    const { at } = state;
    const waiting = state.queues.flatMap(({ id, contacts }) =>
      contacts.map((contact) => ({ contact, queueId: id })),
    );
    this.#departures.push(...left.flatMap((record) => this.#departureOf(record) ?? []));
    this.#departures = this.#departures.filter((departure) => departure.at > at - HOUR_MS);
    const last = this.#samples.at(-1);
    if (!last || at >= last.at + SAMPLE_MS) {
      this.#samples.push({
        at,
        waiting: waiting.length,
        due: waiting.filter(({ contact }) => contact.due).length,
      });
    }
    this.#samples = this.#samples.filter((sample) => sample.at > at - HOUR_MS);
    this.#waiting = new Map(waiting.map((one) => [keyString(one.contact), one]));
  }

  get hour(): RecentHour {
    return {
      since: Math.max(this.#since, (this.#samples.at(-1)?.at ?? this.#since) - HOUR_MS),
      samples: this.#samples,
      queues: group(this.#departures, ({ queueId }) => queueId),
      policies: {
        ...group(this.#observed(), ({ policy }) => policy),
        ...group(this.#departures, ({ policy }) => policy),
      },
    };
  }

  /** The departures as those of the policies that observed them: these have no target. */
  #observed(): Departure[] {
    return this.#departures.flatMap((departure) =>
      departure.observers.map(({ policy, wouldChange }) => ({
        ...departure,
        policy,
        isEscalated: wouldChange,
        isWithinTarget: undefined,
      })),
    );
  }

  #departureOf(record: ContactRecord): Departure | undefined {
    const waited = this.#waiting.get(keyString(record));
    if (!waited) return undefined;
    const { enqueuedAt, targetAt, policy } = waited.contact;
    const { connectedAt, disconnectedAt } = record.facts ?? {};
    const isAnswered = connectedAt !== undefined && connectedAt >= enqueuedAt;
    const leftAt = isAnswered ? connectedAt : disconnectedAt;
    // It was moved, or Connect does not know it: neither answered nor abandoned.
    if (leftAt === undefined) return undefined;
    return {
      at: leftAt,
      queueId: waited.queueId,
      policy,
      isEscalated: waited.contact.isEscalated || isEscalated(record),
      observers: (record.shadows?.policies ?? []).map(({ policy: name, changes }) => ({
        policy: name,
        wouldChange: changes > 0,
      })),
      isAnswered,
      waitSeconds: Math.max(0, (leftAt - enqueuedAt) / 1_000),
      isWithinTarget: targetAt === undefined ? undefined : isAnswered && leftAt <= targetAt,
    };
  }
}

function group(
  departures: readonly Departure[],
  keyOf: (departure: Departure) => string | undefined,
): Record<string, Departures> {
  const groups = Map.groupBy(departures, keyOf);
  return Object.fromEntries(
    [...groups].flatMap(([key, list]) => (key === undefined ? [] : [[key, summarize(list)] as const])),
  );
}

function summarize(departures: readonly Departure[]): Departures {
  const answered = departures.filter(({ isAnswered }) => isAnswered);
  const withTarget = departures.filter(({ isWithinTarget }) => isWithinTarget !== undefined);
  const waits = answered.reduce((sum, { waitSeconds }) => sum + waitSeconds, 0);
  return {
    answered: answered.length,
    abandoned: departures.length - answered.length,
    withTarget: withTarget.length,
    withinTarget: withTarget.filter(({ isWithinTarget }) => isWithinTarget).length,
    escalated: departures.filter((departure) => departure.isEscalated).length,
    ...defined({ meanWaitSeconds: answered.length === 0 ? undefined : waits / answered.length }),
  };
}
