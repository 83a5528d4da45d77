import type { Scenario } from './scenario.ts';

/**
 * Makes a function that finds the tier of a contact by its stream, with whose name its id begins; undefined for a
 * contact of no stream.
 */
export function tierOfContact({
  streams,
}: Pick<Scenario, 'streams'>): (contactId: string) => string | undefined {
  const tiers = new Map(streams.map(({ name, tier }) => [name, tier]));
  return (contactId) => tiers.get(contactId.slice(0, contactId.lastIndexOf('-')));
}
