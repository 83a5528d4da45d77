import type { ContactKey } from '../../domain/contact/contact-key.ts';
import type { Telemetry } from '../ports.ts';

/**
 * Runs an action for one contact. A failure is logged and counted, the contact stays pending, and the other contacts
 * are not affected.
 *
 * @returns undefined when the action failed.
 */
export async function isolateFailure<T>(
  key: ContactKey,
  ports: { readonly telemetry: Pick<Telemetry, 'contactFailed'> },
  action: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    ports.telemetry.contactFailed(key, error);
    return undefined;
  }
}
