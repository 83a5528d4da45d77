import type { Certainty } from '../cli/state/rank.ts';
import { CERTAINTY_MARKS } from '../cli/wording/waiting-words.ts';

/** Whether what is shown of a contact is assumed or not confirmed. Nothing where it is known. */
export function CertaintyMark({ certainty }: { readonly certainty: Certainty }) {
  const mark = CERTAINTY_MARKS[certainty];
  return mark === '' ? null : <span class="certainty">{mark}</span>;
}
