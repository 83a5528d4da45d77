import type { QueueLine } from '../cli/state/queue-line.ts';
import type { WaitingContact } from '../cli/state/waiting-contact.ts';
import { keyString } from '../lambda/domain/contact/contact-key.ts';
import type { Address, ContactState } from './address.ts';

/** A contact that waits, with its place. */
export interface Row {
  /** `instanceId#contactId`. */
  readonly key: string;
  readonly contact: WaitingContact;
  readonly queue: QueueLine;
  /** From 1, in the order in which Connect answers; absent for a task that is paused. */
  readonly place?: number;
}

/** All who wait: queue by queue, each in the order in which Connect answers. */
export function rowsOf(queues: readonly QueueLine[]): Row[] {
  return queues.flatMap((queue) =>
    queue.contacts.map((contact, index) => ({
      key: keyString(contact),
      contact,
      queue,
      ...(!contact.isPaused && { place: index + 1 }),
    })),
  );
}

/** The rows that an address asks for. @param now - milliseconds since the epoch. */
export function selectRows(
  rows: readonly Row[],
  { queue, policy, is, find }: Pick<Address, 'queue' | 'policy' | 'is' | 'find'>,
  now: number,
): Row[] {
  const text = find.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (queue === undefined || row.queue.id === queue) &&
      (policy === undefined || row.contact.policy === policy) &&
      (is === undefined || isIn(row.contact, is, now)) &&
      (text === '' || textsOf(row).some((one) => one.toLowerCase().includes(text))),
  );
}

function isIn({ due, holds, override, targetAt }: WaitingContact, state: ContactState, now: number): boolean {
  switch (state) {
    case 'due':
      return due !== undefined;
    case 'held':
      return holds.some((hold) => hold !== 'override');
    case 'overridden':
      return override !== undefined;
    case 'late':
      return targetAt !== undefined && targetAt < now;
  }
}

function textsOf({ contact, queue }: Row): string[] {
  const { contactId, channel = '', policy = '', tags, signals, override } = contact;
  return [
    contactId,
    channel,
    policy,
    ...signals,
    ...Object.values(tags),
    queue.name ?? queue.id,
    override?.actor ?? '',
  ];
}

/** By what a row is sorted. One that has nothing comes last, in either direction. */
export type SortValue = (row: Row) => number | string | undefined;

/** The rows in order of a value; rows with equal values stay in the order in which Connect answers. */
export function sortRows(rows: readonly Row[], sortBy: SortValue | undefined, isDescending: boolean): Row[] {
  if (!sortBy) return isDescending ? rows.toReversed() : [...rows];
  const sign = isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: sortBy(row) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
      return a === b ? 0 : a < b ? -sign : sign;
    })
    .map(({ row }) => row);
}
