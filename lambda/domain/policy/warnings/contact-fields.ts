import { MAX_RECENT_CONTACTS } from '../contact-view.ts';
import { segmentKind } from './segment-attributes.ts';

/**
 * What a field of the contact view holds: texts, whole numbers from 0, or values of any type. A field is absent where
 * it is not known, and never null.
 */
export type FieldKind = 'text' | 'number' | 'any';

/** The fields of the contact view: a kind, objects with any names, or objects with the names given. */
export const CONTACT_FIELDS: Readonly<
  Record<string, FieldKind | { readonly below: FieldKind | readonly string[] }>
> = {
  instanceId: 'text',
  contactId: 'text',
  initialContactId: 'text',
  previousContactId: 'text',
  channel: 'text',
  initiationMethod: 'text',
  queue: { below: ['id', 'arn', 'name', 'type'] },
  tags: { below: 'text' },
  segmentAttributes: { below: 'any' },
  attributes: { below: 'text' },
  signals: 'text',
  transfers: 'number',
  recentContacts: 'number',
};

/** The fields that hold an id, and never an ARN. */
export const ID_FIELDS: readonly string[] = [
  'instanceId',
  'contactId',
  'initialContactId',
  'previousContactId',
  'queue.id',
];

/** The fields that hold a number, and are absent where it is not known. */
export const OPTIONAL_NUMBERS: readonly string[] = [
  'recentContacts',
  'segmentAttributes.connect:ContactExpiry.ExpiryDuration',
];

/** The highest numbers that fields hold, where there is one. */
export const HIGHEST_NUMBERS: Readonly<Record<string, number>> = { recentContacts: MAX_RECENT_CONTACTS };

/** The kind of a field, by its name; undefined for a field that no contact has. */
export function fieldKind(name: string): FieldKind | undefined {
  const [top = '', ...rest] = name.split('.');
  const entry = Object.hasOwn(CONTACT_FIELDS, top) ? CONTACT_FIELDS[top] : undefined;
  if (entry === undefined || typeof entry === 'string') return rest.length === 0 ? entry : undefined;
  if (rest.length === 0) return undefined;
  if (top === 'segmentAttributes') return segmentKind(rest.join('.'));
  if (typeof entry.below === 'string') return entry.below;
  return entry.below.includes(rest.join('.')) ? 'text' : undefined;
}
