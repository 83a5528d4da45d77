/**
 * The kinds of items of the table that are no contacts. Their partition keys begin with the kind and a `#`, those of
 * contacts with the id of an instance and a `#`: no instance has such an id.
 */
export const OTHER_ITEM_KINDS = [
  'configuration',
  'quota',
  'idempotency',
  'sweep',
  'fan-out',
  'queue',
  'customer',
] as const;

export type OtherItemKind = (typeof OTHER_ITEM_KINDS)[number];

const MAX_INSTANCE_ID_LENGTH = 100;
const MAX_CONTACT_ID_LENGTH = 256;

/**
 * True for what can be the id of an instance in a key of the table: a contact's item then never has the key of an item of
 * another kind, nor of another contact. Amazon Connect states the length.
 * https://docs.aws.amazon.com/connect/latest/APIReference/API_UpdateContactRoutingData.html
 */
export function isInstanceId(text: string): boolean {
  return (
    isId(text, MAX_INSTANCE_ID_LENGTH) &&
    !text.includes('#') &&
    !OTHER_ITEM_KINDS.some((kind) => kind === text)
  );
}

/** True for what can be the id of a contact in a key of the table. */
export function isContactId(text: string): boolean {
  return isId(text, MAX_CONTACT_ID_LENGTH);
}

/** What the table cannot hold in a key would make reading the other contacts of a round fail, too. */
function isId(text: string, maxLength: number): boolean {
  return text.length > 0 && text.length <= maxLength && text.isWellFormed();
}
