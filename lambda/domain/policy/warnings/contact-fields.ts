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

/** A field with a fixed set of values. */
interface KnownValues {
  readonly values: readonly string[];
  /** True where Connect may know more values than are listed here. */
  readonly isOpen: boolean;
}

/** Source of the initiation methods: Amazon Connect administrator guide and API reference. */
export const KNOWN_VALUES: Readonly<Record<string, KnownValues>> = {
  channel: { values: ['VOICE', 'CHAT', 'TASK', 'EMAIL'], isOpen: false },
  'queue.type': { values: ['STANDARD', 'AGENT'], isOpen: false },
  initiationMethod: {
    values: [
      'INBOUND',
      'OUTBOUND',
      'TRANSFER',
      'QUEUE_TRANSFER',
      'CALLBACK',
      'API',
      'DISCONNECT',
      'MONITOR',
      'EXTERNAL_OUTBOUND',
      'WEBRTC_API',
      'AGENT_REPLY',
      'FLOW',
      'CAMPAIGN_PREVIEW',
      'CALLBACK_CUSTOMER_FIRST_QUEUED',
      'CALLBACK_CUSTOMER_FIRST_DIALED',
    ],
    isOpen: true,
  },
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
export const OPTIONAL_NUMBERS: readonly string[] = ['recentContacts'];

/** The kind of a field, by its name; undefined for a field that no contact has. */
export function fieldKind(name: string): FieldKind | undefined {
  const [top = '', ...rest] = name.split('.');
  const entry = Object.hasOwn(CONTACT_FIELDS, top) ? CONTACT_FIELDS[top] : undefined;
  if (entry === undefined || typeof entry === 'string') return rest.length === 0 ? entry : undefined;
  if (rest.length === 0) return undefined;
  if (typeof entry.below === 'string') return entry.below;
  return entry.below.includes(rest.join('.')) ? 'text' : undefined;
}
