import { type ContactKey, keyString } from '../../../lambda/domain/contact/contact-key.ts';
import { canonicalJson } from '../../../lambda/domain/json.ts';
import type { UpdateAttempt } from '../../../lambda/domain/reconcile/next-update.ts';

/** Names an update for the judges: two are the same while contact, generation and request are. */
export function updateName(
  key: ContactKey,
  { generation, update }: Pick<UpdateAttempt, 'generation' | 'update'>,
): string {
  return `${keyString(key)} ${generation} ${canonicalJson(update)}`;
}
