import type { ContactEventEnvelope } from '../../sim/centre/index.ts';
import type { Tier } from './load.ts';

/** What the rival designs read of a QUEUED event. */
export interface QueuedContact {
  readonly contactId: string;
  readonly tier: Tier;
  readonly enqueuedAt: number;
}

/** The contact of a QUEUED event; undefined for other events, which all say that the contact has left the queue. */
export function queuedContact({ detail }: ContactEventEnvelope): QueuedContact | undefined {
  if (detail.eventType !== 'QUEUED') return undefined;
  const { contactId, tags, queueInfo } = detail as typeof detail & {
    readonly tags: { readonly tier: Tier };
    readonly queueInfo: { readonly enqueueTimestamp: string };
  };
  return { contactId, tier: tags.tier, enqueuedAt: Date.parse(queueInfo.enqueueTimestamp) };
}
