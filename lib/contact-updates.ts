import { CONTACT_UPDATES, type ContactUpdate } from '../lambda/domain/messages/event-rules.ts';
import { closestMatch } from '../lambda/domain/validation/suggestion.ts';
import { ConfigError } from './config-error.ts';

/** Checks the property `contactUpdates`. @throws ConfigError if it has something unknown. */
export function parseContactUpdates(
  updates: readonly ContactUpdate[] | undefined,
): readonly ContactUpdate[] | undefined {
  const names = Object.keys(CONTACT_UPDATES);
  for (const update of updates ?? []) {
    if (names.includes(update)) continue;
    const suggestion = closestMatch(String(update), names);
    const correction = suggestion ? `Did you mean "${suggestion}"?` : `Expected ${names.join(', ')}.`;
    throw new ConfigError(`contactUpdates has ${JSON.stringify(update)}. ${correction}`);
  }
  return updates;
}
