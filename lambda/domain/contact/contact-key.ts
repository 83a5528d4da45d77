/** What identifies a contact: contact ids are unique within their instance. */
export interface ContactKey {
  readonly instanceId: string;
  readonly contactId: string;
}

/** The key alone, of whatever carries one. */
export function keyOf({ instanceId, contactId }: ContactKey): ContactKey {
  return { instanceId, contactId };
}

/** The key as one string, `instanceId#contactId`. Distinct contacts have distinct strings: no instance id holds a `#`. */
export function keyString({ instanceId, contactId }: ContactKey): string {
  return `${instanceId}#${contactId}`;
}

/** The key from the string that {@link keyString} made of it. */
export function parseKey(text: string): ContactKey {
  const separator = text.indexOf('#');
  return separator < 0
    ? { instanceId: text, contactId: '' }
    : { instanceId: text.slice(0, separator), contactId: text.slice(separator + 1) };
}
