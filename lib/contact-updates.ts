import { CONTACT_UPDATES, type ContactUpdate } from '../lambda/domain/messages/event-rules.ts';
import { ConfigError } from './config-error.ts';
import { nameCorrection } from './name-correction.ts';

/** Checks the property `contactUpdates`. @throws ConfigError if it has something unknown. */
export function parseContactUpdates(
  updates: readonly ContactUpdate[] | undefined,
): readonly ContactUpdate[] | undefined {
  const names = Object.keys(CONTACT_UPDATES);
  for (const update of updates ?? []) {
    if (names.includes(update)) continue;
    const correction = nameCorrection(String(update), names);
    throw new ConfigError(`contactUpdates has ${JSON.stringify(update)}. ${correction}`);
  }
  return updates;
}
