import { isOfAgent } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import { defined, sameJson, without } from '../json.ts';

/** The name of a queue, as it was looked up. */
export interface QueueName {
  /** Absent: Connect knows no queue of that id. */
  readonly value?: string;
  /** When it was looked up, in milliseconds since the epoch. */
  readonly at: number;
}

/** What is known of the name of a queue. */
export interface QueueNaming {
  /** Absent: it was not looked up, as it is while no policy names it. */
  readonly name?: QueueName;
  /** When the last look-up failed, in milliseconds since the epoch; absent: it did not. */
  readonly nameFailedAt?: number;
}

/** A name is looked up again after this time: the queue may have another one by then. */
const MAX_AGE_MS = 86_400_000;

/** Where Connect knew no such queue, sooner: lists of queues may be late to show a new one. */
const UNKNOWN_MAX_AGE_MS = 300_000;

/** Seconds from a look-up that failed to the next one. */
export const RETRY_NAME_SECONDS = 30;

/** How long a name is kept after it was looked up: it is still of use where it cannot be read again. */
const KEPT_MS = 7 * MAX_AGE_MS;

/** Whether the name of a queue is to be looked up. An agent's own queue has none. */
export function isNameDue(queueArn: string, { name, nameFailedAt }: QueueNaming, now: number): boolean {
  if (isOfAgent(queueArn)) return false;
  if (nameFailedAt !== undefined && now < nameFailedAt + RETRY_NAME_SECONDS * 1_000) return false;
  return !name || now >= name.at + (name.value === undefined ? UNKNOWN_MAX_AGE_MS : MAX_AGE_MS);
}

/** Until when the name is kept, in milliseconds since the epoch. */
export function endOfName({ at }: QueueName): number {
  return at + KEPT_MS;
}

/** The state with a name that was looked up. @param value - undefined: Connect knows no such queue. */
export function withName<State extends QueueNaming>(
  state: State,
  value: string | undefined,
  now: number,
): State {
  return { ...without(state, 'nameFailedAt'), name: defined({ value, at: now }) } as State;
}

/** The record with the name of its queue, as far as it is known. The same object where it has it already. */
export function withQueueName(record: ContactRecord, queueArn: string, { name }: QueueNaming): ContactRecord {
  if (!name) return record;
  const queueName = defined({ queueArn, value: name.value });
  return sameJson(record.queueName, queueName) ? record : { ...record, queueName };
}
