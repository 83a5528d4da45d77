import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { closestMatch } from '../../lambda/domain/validation/suggestion.ts';
import { type NextChange, nextChange } from '../state/next-change.ts';
import type { QueueLine } from '../state/queue-line.ts';
import type { ReadState } from '../state/read-state.ts';
import type { WaitingContact } from '../state/waiting-contact.ts';

/** Which contacts are listed. */
export interface Selection {
  /** Ids, names or ARNs of queues. Default: all. */
  readonly queue?: readonly string[];
  /** Names of policies. Default: contacts of all, and of none. */
  readonly policy?: readonly string[];
  /** A text that a contact must have in its ids, tags, signals, channel or policy, in any case. */
  readonly find?: string;
  /** Only contacts with a change that is due, or that something holds back. */
  readonly due?: boolean;
  /** Contacts of each queue that are listed at most. */
  readonly limit: number;
}

export interface ListedContact {
  /** From 1, in the order in which Connect answers; absent for a task that is paused. */
  readonly place?: number;
  readonly contact: WaitingContact;
  readonly next?: NextChange;
}

export interface ListedQueue {
  readonly line: QueueLine;
  readonly contacts: readonly ListedContact[];
  /** Contacts that were selected, and are beyond the limit. */
  readonly hidden: number;
}

/** The contacts to list, by queue, in the order in which Connect answers. */
export function selectContacts({ state, context, records }: ReadState, selection: Selection): ListedQueue[] {
  const { queue: queues, limit } = selection;
  const recordOf = new Map(records.map((record) => [keyOf(record), record]));
  return state.queues
    .filter((line) => queues === undefined || queues.some((name) => isNamed(line, name)))
    .map((line) => {
      const selected = placed(line).filter(({ contact }) => isSelected(contact, selection));
      const shown = selected.slice(0, limit).map((listed) => {
        const record = recordOf.get(keyOf(listed.contact));
        const next = record && nextChange(record, context, state.at);
        return { ...listed, ...(next && { next }) };
      });
      return { line, contacts: shown, hidden: selected.length - shown.length };
    })
    .filter(({ contacts, hidden }) => contacts.length + hidden > 0);
}

const keyOf = ({ instanceId, contactId }: Pick<ContactRecord, 'instanceId' | 'contactId'>) =>
  `${instanceId}#${contactId}`;

function placed({ contacts }: QueueLine): ListedContact[] {
  return contacts.map((contact, index) => (contact.isPaused ? { contact } : { contact, place: index + 1 }));
}

function isNamed({ id, arn, name }: QueueLine, given: string): boolean {
  return [id, arn, name?.toLowerCase()].includes(given) || name?.toLowerCase() === given.toLowerCase();
}

function isSelected(contact: WaitingContact, { policy, find, due }: Selection): boolean {
  if (policy !== undefined && !(contact.policy !== undefined && policy.includes(contact.policy)))
    return false;
  if (due && contact.due === undefined && contact.holds.length === 0) return false;
  return (
    find === undefined || textsOf(contact).some((text) => text.toLowerCase().includes(find.toLowerCase()))
  );
}

function textsOf({ contactId, channel = '', policy = '', tags, signals }: WaitingContact): string[] {
  return [contactId, channel, policy, ...signals, ...Object.values(tags)];
}

/** The names of queues and policies that nobody waits under, in words, one sentence a line: they may be slips. */
export function unknownNames({ queues, policies }: ReadState['state'], selection: Selection): string[] {
  const { queue = [], policy = [] } = selection;
  const names = policies.map(({ name }) => name);
  const queueNames = queues.map(({ id, name }) => name ?? id);
  return [
    ...queue
      .filter((name) => !queues.some((line) => isNamed(line, name)))
      .map((name) => `Nobody waits in a queue ${name}. ${knownWords('Contacts wait in', name, queueNames)}`),
    ...policy
      .filter((name) => !names.includes(name))
      .map((name) => `No policy ${name} is in force. ${knownWords('In force are', name, names)}`),
  ];
}

/** Why nobody is listed although all names are known, in words. */
export function reasonForNone({ queues }: ReadState['state'], { find, due }: Selection): string {
  if (queues.length === 0) return 'Nobody waits.';
  return (
    `None of those who wait ${find === undefined ? '' : `has ${JSON.stringify(find)}`}` +
    `${find !== undefined && due ? ' and ' : ''}${due ? 'has a change that is due or held back' : ''}` +
    `${find === undefined && !due ? 'is governed by that policy there' : ''}.`
  );
}

/** Names that a sentence lists. */
const MAX_NAMES = 10;

function knownWords(begin: string, unknown: string, names: readonly string[]): string {
  if (names.length === 0) return `${begin} none.`;
  const closest = closestMatch(unknown, names);
  if (closest !== undefined) return `Did you mean ${closest}?`;
  const more = names.length > MAX_NAMES ? `, and ${names.length - MAX_NAMES} more` : '';
  return `${begin} ${names.slice(0, MAX_NAMES).join(', ')}${more}.`;
}
