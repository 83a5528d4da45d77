import type { ContactKey } from '../domain/contact.ts';

/** Runs an action when those before it of the same contact are done, however they ended. */
export type InTurn = (key: ContactKey, action: () => Promise<void>) => Promise<void>;

/**
 * Lets the messages of a batch go side by side, but those of one contact one after the other: they would only
 * overtake each other's writings.
 */
export function oneAtATime(): InTurn {
  const last = new Map<string, Promise<void>>();
  return ({ instanceId, contactId }, action) => {
    const key = `${instanceId}#${contactId}`;
    const turn = (last.get(key) ?? Promise.resolve()).then(action, action);
    last.set(key, turn);
    return turn;
  };
}
