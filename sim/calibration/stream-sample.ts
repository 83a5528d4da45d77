import type { ContactHistory } from './contact-histories.ts';
import { Sample } from './sample.ts';
import type { EndedWait } from './waits.ts';
import { DAY_SLOTS, slotOf } from './week.ts';

/** What names a stream: its tier, the queue and the channel. */
export interface StreamKey {
  /** The values of the tags that name the tier, in the order of their names; undefined for a tag that is not there. */
  readonly tier: readonly (string | undefined)[];
  readonly queueId: string;
  readonly channel: string;
}

/** What a recording says of the contacts of a stream. */
export class StreamSample implements StreamKey {
  readonly tier: readonly (string | undefined)[];
  readonly queueId: string;
  readonly channel: string;
  /** Waits in the first queue of each contact. */
  readonly waits = new Sample<EndedWait>();
  /** From connection to disconnection, in seconds. */
  readonly handling = new Sample<number>();
  /** Customers who came for the first time, by local day and half hour. */
  readonly arrivals = new Map<number, Float64Array>();
  contacts = 0;
  answered = 0;
  /** Of the customers who abandoned early enough to see whether they call again: all, those who did, and after how long. */
  abandoned = 0;
  readonly redialSeconds = new Sample<number>();
  /** By the queue of the second agent: the handling times there, in seconds, and how many were transferred. */
  readonly transfers = new Map<string, { count: number; readonly handling: Sample<number> }>();

  constructor({ tier, queueId, channel }: StreamKey) {
    this.tier = tier;
    this.queueId = queueId;
    this.channel = channel;
  }

  addArrival(timezone: string, at: number): void {
    const { day, ofDay } = slotOf(timezone, at);
    const counts = this.arrivals.get(day) ?? new Float64Array(DAY_SLOTS);
    counts[ofDay] = (counts[ofDay] ?? 0) + 1;
    this.arrivals.set(day, counts);
  }

  /** Adds the wait and the handling of a contact, as far as the recording tells them. */
  addContact(history: ContactHistory): void {
    this.contacts += 1;
    const wait = waitOf(history);
    if (wait) this.waits.add(wait);
    const seconds = handlingSeconds(history);
    if (seconds === undefined) return;
    this.answered += 1;
    this.handling.add(seconds);
  }

  addTransfer(queueId: string, history: ContactHistory): void {
    const transfer = this.transfers.get(queueId) ?? { count: 0, handling: new Sample<number>() };
    this.transfers.set(queueId, transfer);
    transfer.count += 1;
    const seconds = handlingSeconds(history);
    if (seconds !== undefined) transfer.handling.add(seconds);
  }
}

/** The wait in the first queue; undefined where its end is not known. */
function waitOf({ visits, connectedAt, disconnectedAt }: ContactHistory): EndedWait | undefined {
  const [first, second] = visits;
  if (!first) return undefined;
  const ends = [second?.enqueuedAt, connectedAt, disconnectedAt].filter(
    (at) => at !== undefined && at >= first.enqueuedAt,
  ) as number[];
  if (ends.length === 0) return undefined;
  const endedAt = Math.min(...ends);
  return {
    seconds: (endedAt - first.enqueuedAt) / 1_000,
    isAbandoned: second === undefined && connectedAt === undefined,
  };
}

/** From connection to disconnection; undefined for a contact that was not answered, or whose end is not known. */
function handlingSeconds({ connectedAt, disconnectedAt }: ContactHistory): number | undefined {
  return connectedAt === undefined || disconnectedAt === undefined || disconnectedAt < connectedAt
    ? undefined
    : (disconnectedAt - connectedAt) / 1_000;
}
