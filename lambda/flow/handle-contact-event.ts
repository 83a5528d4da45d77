import type { ContactFacts } from '../domain/contact/facts.ts';
import { mergeEvent } from '../domain/contact/merge.ts';
import { parseContactEvent } from '../domain/contact/parse-event.ts';
import { withoutPersonalData } from '../domain/contact/personal-data.ts';
import type { ContactRecord } from '../domain/contact/record.ts';
import type { Configuration } from './ports.ts';
import { type ReconcilePorts, reconcile } from './reconcile.ts';

/**
 * What the function contact-events does with an event: parses it and reconciles its contact.
 *
 * @throws MalformedEventError when the event cannot be parsed.
 */
export async function handleContactEvent(event: unknown, ports: ReconcilePorts): Promise<void> {
  const { facts } = parseContactEvent(event);
  await reconcileFacts(facts, await ports.configuration(), ports);
}

/** Merges facts into their contact's record, without personal data, and acts on what that changes. */
export function reconcileFacts(
  facts: ContactFacts,
  configuration: Configuration,
  ports: ReconcilePorts,
): Promise<ContactRecord> {
  const stored = withoutPersonalData(facts, configuration.policies);
  return reconcile(facts, (record) => mergeEvent(record, stored), configuration, ports);
}
