import { defined } from '../../lambda/domain/json.ts';
import type { CriteriaProgress } from './criteria-progress.ts';
import type { Contact, ContactState } from './entities.ts';

/** A contact as DescribeContact returns it. Times are milliseconds since the epoch. */
export interface DescribedContact {
  readonly contactId: string;
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  readonly channel: string;
  readonly initiationMethod: string;
  readonly state: ContactState;
  readonly isPaused: boolean;
  /** The current or last queue. */
  readonly queue: { readonly id: string; readonly enqueuedAt: number };
  readonly agent?: { readonly id?: string; readonly connectedAt: number };
  readonly initiatedAt: number;
  readonly disconnectedAt?: number;
  readonly pausedAt?: number;
  readonly resumedAt?: number;
  /** As set, even if not effective yet. */
  readonly priority: number;
  /** As set, even if not effective yet. */
  readonly ageSeconds: number;
  /** As set, even if not effective yet: see `activatedAt`. */
  readonly criteria?: Readonly<CriteriaProgress>;
  readonly tags: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly segmentAttributes: Readonly<Record<string, string>>;
}

/** A snapshot of a contact, which does not change with the contact. Unknown members are absent. */
export function describeContact(contact: Contact, instanceId: string): DescribedContact {
  const { source, described, connectedAt, agentId, disconnectedAt, pausedAt, resumedAt } = contact;
  const { initialContactId, previousContactId } = source;
  const { criteriaProgress } = described;
  return defined({
    contactId: source.contactId,
    initialContactId,
    previousContactId,
    channel: source.channel,
    initiationMethod: source.initiationMethod,
    state: contact.state,
    isPaused: contact.isPaused,
    queue: { id: contact.queue.id, enqueuedAt: contact.enqueuedAt },
    agent: connectedAt === undefined ? undefined : defined({ id: agentId, connectedAt }),
    initiatedAt: contact.initiatedAt,
    disconnectedAt,
    pausedAt,
    resumedAt,
    priority: described.priority,
    ageSeconds: described.ageSeconds,
    criteria: criteriaProgress && {
      ...criteriaProgress,
      statuses: [...criteriaProgress.statuses],
      expiresAt: [...criteriaProgress.expiresAt],
    },
    tags: { 'aws:connect:instanceId': instanceId, ...source.tags },
    attributes: contact.attributes,
    segmentAttributes: source.segmentAttributes ?? {},
  });
}
