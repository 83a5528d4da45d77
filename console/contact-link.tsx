import type { ContactKey } from '../lambda/domain/contact/contact-key.ts';
import { formatAddress } from './address.ts';
import { shortId } from './words.ts';

interface ContactLinkProps {
  readonly contact: ContactKey;
  /** Default: that of a link. */
  readonly tabIndex?: number;
}

/** The id of a contact in short, which leads to it. */
export function ContactLink({ contact: { instanceId, contactId }, tabIndex }: ContactLinkProps) {
  const href = formatAddress({
    view: 'contacts',
    find: '',
    isDescending: false,
    contact: { instanceId, contactId },
  });
  return (
    <a tabIndex={tabIndex} title={contactId} href={href}>
      {shortId(contactId)}
    </a>
  );
}
