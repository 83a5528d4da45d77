import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { ActButton } from './act-button.tsx';
import { useOperate } from './operate.ts';

/** What can be done about the contact that is open. */
export function ContactActs({ contact }: { readonly contact: ContactKey }) {
  if (!useOperate()) return null;
  return (
    <fieldset class="contact-acts" aria-label="Acts on this contact">
      <ActButton label="Override …" shortcut="o" draft={{ type: 'override', contact }} />
      <ActButton label="Release …" shortcut="r" draft={{ type: 'release', contact }} />
      <ActButton label="Signal …" shortcut="s" draft={{ type: 'signal', contact }} />
    </fieldset>
  );
}
