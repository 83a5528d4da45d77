import type { CriteriaProgress } from './criteria-progress.ts';
import type { Contact, ContactState } from './entities.ts';

/** What is known of a contact, as DescribeContact has it. Times are milliseconds since the epoch. */
export interface DescribedContact {
  readonly contactId: string;
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  readonly channel: string;
  readonly initiationMethod: string;
  readonly state: ContactState;
  readonly isPaused: boolean;
  /** The queue that it waits in or waited in last. */
  readonly queue: { readonly id: string; readonly enqueuedAt: number };
  readonly agent?: { readonly id?: string; readonly connectedAt: number };
  readonly initiatedAt: number;
  readonly disconnectedAt?: number;
  readonly pausedAt?: number;
  readonly resumedAt?: number;
  /** As set, be it in effect yet or not. */
  readonly priority: number;
  /** As set, be it in effect yet or not. */
  readonly ageSeconds: number;
  /** As set, be it in effect yet or not: see its `activatedAt`. */
  readonly criteria?: Readonly<CriteriaProgress>;
  readonly tags: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly segmentAttributes: Readonly<Record<string, string>>;
}

/** A copy of what can be told of a contact: later changes do not show in it. */
export function describeContact(contact: Contact, instanceId: string): DescribedContact {
  const { source, described, connectedAt, agentId, disconnectedAt, pausedAt, resumedAt } = contact;
  const { initialContactId, previousContactId } = source;
  const { criteriaProgress: run } = described;
  return {
    contactId: source.contactId,
    ...(initialContactId === undefined ? {} : { initialContactId }),
    ...(previousContactId === undefined ? {} : { previousContactId }),
    channel: source.channel,
    initiationMethod: source.initiationMethod,
    state: contact.state,
    isPaused: contact.isPaused,
    queue: { id: contact.queue.id, enqueuedAt: contact.enqueuedAt },
    ...(connectedAt === undefined
      ? {}
      : { agent: { ...(agentId === undefined ? {} : { id: agentId }), connectedAt } }),
    initiatedAt: contact.initiatedAt,
    ...(disconnectedAt === undefined ? {} : { disconnectedAt }),
    ...(pausedAt === undefined ? {} : { pausedAt }),
    ...(resumedAt === undefined ? {} : { resumedAt }),
    priority: described.priority,
    ageSeconds: described.ageSeconds,
    ...(run ? { criteria: { ...run, statuses: [...run.statuses], expiresAt: [...run.expiresAt] } } : {}),
    tags: { 'aws:connect:instanceId': instanceId, ...source.tags },
    attributes: contact.attributes,
    segmentAttributes: source.segmentAttributes ?? {},
  };
}
