import type { ContactKey } from '../lambda/domain/contact/contact-key.ts';

/** What of a contact's change people look for. */
export const STATES = ['due', 'held', 'overridden', 'late'] as const;
export type ContactState = (typeof STATES)[number];

/** The parts of the page. */
export const VIEWS = ['contacts', 'policies', 'system'] as const;
export type View = (typeof VIEWS)[number];

/** What is shown, as the part of the address after `#` has it, so that it can be linked. */
export interface Address {
  readonly view: View;
  /** The id of a queue; absent: all. */
  readonly queue?: string;
  readonly policy?: string;
  readonly is?: ContactState;
  readonly find: string;
  /** The column by which rows are sorted; absent: in the order in which Connect answers. */
  readonly sort?: string;
  readonly isDescending: boolean;
  readonly contact?: ContactKey;
}

/** What an address says; what it does not say is as when the page is opened. */
export function parseAddress(hash: string): Address {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const text = (name: string) => given.get(name) || undefined;
  const is = STATES.find((state) => state === text('is'));
  const [instanceId, contactId] = (text('contact') ?? '').split('/').map(decodePart);
  const queue = text('queue');
  const policy = text('policy');
  const sort = text('sort');
  return {
    view: VIEWS.find((view) => view === text('view')) ?? 'contacts',
    find: text('find') ?? '',
    isDescending: given.has('down'),
    ...(queue && { queue }),
    ...(policy && { policy }),
    ...(is && { is }),
    ...(sort && { sort }),
    ...(instanceId && contactId && { contact: { instanceId, contactId } }),
  };
}

/** Whether some of those who wait are left out. */
export function isFiltered({ find, queue, policy, is }: Address): boolean {
  return find !== '' || queue !== undefined || policy !== undefined || is !== undefined;
}

export function formatAddress({
  view,
  queue,
  policy,
  is,
  find,
  sort,
  isDescending,
  contact,
}: Address): string {
  const given: Readonly<Record<string, string | undefined>> = {
    view: view === 'contacts' ? undefined : view,
    queue,
    policy,
    is,
    find,
    sort,
    down: sort && isDescending ? '1' : undefined,
    contact: contact && `${encodeURIComponent(contact.instanceId)}/${encodeURIComponent(contact.contactId)}`,
  };
  const entries = Object.entries(given).flatMap(([name, value]) =>
    value ? [[name, value] as [string, string]] : [],
  );
  return `#${new URLSearchParams(entries)}`;
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** A change of what is shown. Undefined takes away what was there. */
export type AddressChange = { readonly [K in keyof Address]?: Address[K] | undefined };

/** An address with a change. */
export function changed(address: Address, change: AddressChange): Address {
  const merged = Object.entries({ ...address, ...change }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as unknown as Address;
}
