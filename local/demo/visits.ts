import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { mergeEvent } from '../../lambda/domain/contact/merge.ts';
import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { emptyRecord } from '../../lambda/domain/contact/record.ts';

/** A part of the day. Milliseconds since the epoch; `endsAt` is after `startsAt`. */
export interface TimeWindow {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** The wait of a contact in a queue. Times are milliseconds since the epoch. */
export interface Visit {
  readonly facts: ContactFacts;
  readonly queueArn: string;
  /** Since when it waits: a contact that an agent transferred has its place by an earlier time. */
  readonly enqueuedAt: number;
  /** How and when it left the queue. Absent: it has not left. */
  readonly exit?: { readonly at: number; readonly isAnswered: boolean };
}

/** The wait of a contact as it is seen at the end of a window. */
export interface Wait {
  readonly end: 'answered' | 'abandoned' | 'waiting';
  readonly enqueuedAt: number;
  /** When it left the queue, or the end of the window. */
  readonly leftAt: number;
}

/** Follows who waits by the events of a centre, in the order in which they happen. */
export class VisitLog {
  readonly #visits = new Map<string, Visit>();

  /** By contact id, in order of arrival. */
  get visits(): ReadonlyMap<string, Visit> {
    return this.#visits;
  }

  /** @param now - when the event happened, in milliseconds since the epoch. */
  onEvent({ eventType, facts }: ContactEvent, now: number): void {
    const { contactId, instanceId, queue } = facts;
    if (eventType === 'QUEUED' && queue) {
      const merged = mergeEvent(emptyRecord({ instanceId, contactId }), facts).facts ?? facts;
      this.#visits.set(contactId, { facts: merged, queueArn: queue.arn, enqueuedAt: now });
    } else if (eventType === 'CONNECTED_TO_AGENT' || eventType === 'DISCONNECTED') {
      const visit = this.#visits.get(contactId);
      if (!visit || visit.exit) return;
      const isAnswered = eventType === 'CONNECTED_TO_AGENT';
      this.#visits.set(contactId, { ...visit, exit: { at: now, isAnswered } });
    }
  }
}

/** The wait as it is seen at the end of the window; undefined for a contact that did not wait in the window. */
export function waitWithin({ enqueuedAt, exit }: Visit, { startsAt, endsAt }: TimeWindow): Wait | undefined {
  if (enqueuedAt >= endsAt || (exit && exit.at <= startsAt)) return undefined;
  if (!exit || exit.at > endsAt) return { end: 'waiting', enqueuedAt, leftAt: endsAt };
  return { end: exit.isAnswered ? 'answered' : 'abandoned', enqueuedAt, leftAt: exit.at };
}
