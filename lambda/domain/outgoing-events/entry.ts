import { type ConfigurationEvent, EVENT_SOURCE, type OutgoingEvent } from './outgoing-event.ts';

/**
 * Limits of one request of PutEvents.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
const MAX_ENTRIES = 10;
const MAX_BYTES = 256 * 1_024;

/** What EventBridge counts for the time of an entry, in bytes. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const TIME_BYTES = 14;

/** An outgoing event as PutEvents takes it. */
export interface EventEntry {
  readonly source: string;
  readonly detailType: string;
  /** JSON. */
  readonly detail: string;
  readonly resources: readonly string[];
  readonly time: Date;
}

/** The entry of an event. It says what is stored, so it is the same when it is sent again. */
export function entryOf(event: OutgoingEvent | ConfigurationEvent): EventEntry {
  const { name, at, detail } = event;
  const contactArn = event.name === 'configured' ? undefined : event.contactArn;
  return {
    source: EVENT_SOURCE,
    detailType: name,
    detail: JSON.stringify(detail),
    resources: contactArn === undefined ? [] : [contactArn],
    time: new Date(at),
  };
}

/** Parts events, in their order, into as many as one request of PutEvents takes. */
export function requestsOf<T extends { readonly event: OutgoingEvent | ConfigurationEvent }>(
  events: readonly T[],
): T[][] {
  const requests: T[][] = [];
  let bytes = 0;
  for (const one of events) {
    const size = bytesOf(entryOf(one.event));
    const last = requests.at(-1);
    if (last && last.length < MAX_ENTRIES && bytes + size <= MAX_BYTES) {
      last.push(one);
      bytes += size;
    } else {
      requests.push([one]);
      bytes = size;
    }
  }
  return requests;
}

function bytesOf({ source, detailType, detail, resources }: EventEntry): number {
  const texts = [source, detailType, detail, ...resources];
  return texts.reduce((total, text) => total + new TextEncoder().encode(text).length, TIME_BYTES);
}
