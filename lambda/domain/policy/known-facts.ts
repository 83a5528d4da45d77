import { type Pattern, withoutField } from '../pattern/index.ts';

/** What is fetched only while policies name it, and whether it is known of a contact. */
export interface KnownFacts {
  /** The user-defined attributes that are named. */
  readonly attributes: boolean;
  /** The name of the queue. */
  readonly queueName: boolean;
}

export const ALL_KNOWN: KnownFacts = { attributes: true, queueName: true };

/** True where nothing is missing. */
export function isAllKnown({ attributes, queueName }: KnownFacts): boolean {
  return attributes && queueName;
}

const QUEUE_NAME = 'queue.name';

/** Whether a pattern has a requirement on the name of the queue. */
export function namesQueue(pattern: Pattern | undefined): boolean {
  return pattern?.rules.some((rule) => rule.some(({ name }) => isQueueName(name))) ?? false;
}

/** Whether a field of the contact view, with dots between its keys, is the name of the queue. */
export function isQueueName(field: string): boolean {
  return field === QUEUE_NAME || field.startsWith(`${QUEUE_NAME}.`);
}

/**
 * A pattern without its requirements on what is not known.
 *
 * @param withoutAttributes - the pattern without its requirements on attributes, which each decision may need.
 */
export function knownPart(
  pattern: Pattern | undefined,
  withoutAttributes: Pattern | undefined,
  { attributes, queueName }: KnownFacts,
): Pattern | undefined {
  const part = attributes ? pattern : withoutAttributes;
  return part && !queueName ? withoutField(part, QUEUE_NAME) : part;
}
