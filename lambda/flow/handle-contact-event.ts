import type { ContactFacts } from '../domain/contact/facts.ts';
import { mergeEvent } from '../domain/contact/merge.ts';
import { type ContactEvent, MalformedEventError, parseContactEvent } from '../domain/contact/parse-event.ts';
import { withoutPersonalData } from '../domain/contact/personal-data.ts';
import type { ContactRecord } from '../domain/contact/record.ts';
import { isObject } from '../domain/json.ts';
import { CONNECT_SOURCE } from '../domain/messages/event-rules.ts';
import { describeValue } from '../domain/validation/problem.ts';
import type { Configuration, Telemetry } from './ports.ts';
import { type ReconcilePorts, reconcile } from './reconcile.ts';

/** What contact events need from outside. */
export interface ContactEventPorts extends ReconcilePorts {
  readonly telemetry: ReconcilePorts['telemetry'] & Pick<Telemetry, 'eventLeftOut'>;
}

/**
 * What the function contact-events does with an event: parses it and reconciles its contact.
 *
 * @throws MalformedEventError when the event cannot be parsed, or comes from outside: the rule lets none of another source
 *   or instance through, so somebody has invoked the function by another way.
 */
export async function handleContactEvent(event: unknown, ports: ContactEventPorts): Promise<void> {
  const parsed = parseContactEvent(event);
  const configuration = await ports.configuration();
  const source = isObject(event) ? event.source : undefined;
  if (source !== undefined && source !== CONNECT_SOURCE) {
    throw new MalformedEventError(`source is ${describeValue(source)}: expected ${CONNECT_SOURCE}.`);
  }
  const { instanceId } = parsed.facts;
  const known = [...ports.instances, ...(configuration.settings.instances ?? [])];
  if (!known.includes(instanceId)) {
    throw new MalformedEventError(
      `detail.instanceArn names the instance ${describeValue(instanceId)}: expected one that is served, ${known.join(', ')}.`,
    );
  }
  await applyContactEvent(parsed, configuration, ports);
}

/**
 * Reconciles the contact of an event. Left out, and counted, are events that are no customer's: those of an archive that
 * is replayed, always, and those of Connect's own tests unless the settings have `testContacts`. Of the latter the
 * record keeps that the contact is a test: its other events may not say so, nor those of contacts that continue it.
 */
export async function applyContactEvent(
  { facts, origin, customerId, changesTags }: Omit<ContactEvent, 'eventType'>,
  configuration: Configuration,
  ports: ContactEventPorts,
): Promise<void> {
  if (origin === 'replay' || (origin === 'test' && !configuration.settings.testContacts)) {
    ports.telemetry.eventLeftOut(origin);
  }
  if (origin === 'replay') return;
  await reconcileFacts(facts, configuration, ports, { customerId, changesTags });
}

/** Merges facts into their contact's record, without personal data, and acts on what that changes. */
export function reconcileFacts(
  facts: ContactFacts,
  configuration: Configuration,
  ports: ReconcilePorts,
  options: {
    readonly customerId?: ContactEvent['customerId'] | undefined;
    readonly changesTags?: ContactEvent['changesTags'] | undefined;
  } = {},
): Promise<ContactRecord> {
  const stored = withoutPersonalData(facts, configuration.policies);
  return reconcile(facts, (record) => mergeEvent(record, stored), configuration, ports, options);
}
