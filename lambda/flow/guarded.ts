import type { ContactKey } from '../domain/contact.ts';
import type { Telemetry } from './ports.ts';

/**
 * Does something for one contact and lets no failure of it harm the others: it is told, and the contact stays pending.
 *
 * @returns undefined when it failed.
 */
export async function guarded<T>(
  key: ContactKey,
  world: { readonly telemetry: Pick<Telemetry, 'contactFailed'> },
  action: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    world.telemetry.contactFailed(key, error);
    return undefined;
  }
}
