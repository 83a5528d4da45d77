import { type ContactKey, keyString } from '../domain/contact/contact-key.ts';

/** Runs an action once the earlier ones of the same contact have ended, whether or not they failed. */
export type RunSerialized = (key: ContactKey, action: () => Promise<void>) => Promise<void>;

/**
 * Lets the messages of a batch run side by side, except those of one contact, which run one after the other: their
 * writes would only conflict.
 */
export function serializeByContact(): RunSerialized {
  const last = new Map<string, Promise<void>>();
  return (contact, action) => {
    const key = keyString(contact);
    const run = (last.get(key) ?? Promise.resolve()).then(action, action);
    last.set(key, run);
    return run;
  };
}
