import type { ContactKey } from '../domain/contact/contact-key.ts';

/** Somebody else kept changing the contact at the same time. The event or message is delivered again. */
export class ContendedContactError extends Error {
  override readonly name = 'ContendedContactError';

  constructor(key: ContactKey, tries: number) {
    super(
      `Contact ${key.contactId} of instance ${key.instanceId} was changed by others ${tries} times in a row.`,
    );
  }
}
