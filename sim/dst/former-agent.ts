import { stableHash } from '../../lambda/domain/stable-hash.ts';
import type { ContactEventEnvelope } from '../centre/index.ts';

/** How long before a contact is queued its former agent had it, in milliseconds. */
const BEFORE_MS = 30_000;

/**
 * An event as Connect publishes it. An agent had a fifth of the contacts before they were queued: while these wait,
 * their events name that connection.
 */
export function withFormerAgent(event: ContactEventEnvelope): ContactEventEnvelope {
  const { contactId, agentInfo, queueInfo } = event.detail as {
    readonly contactId: string;
    readonly agentInfo?: object;
    readonly queueInfo?: { readonly enqueueTimestamp: string };
  };
  if (agentInfo || !queueInfo) return event;
  const { enqueueTimestamp } = queueInfo;
  // The ids are the same in each run, the times are not.
  if (stableHash(`${contactId} of ${enqueueTimestamp}`) % 5 !== 0) return event;
  const at = Date.parse(enqueueTimestamp) - BEFORE_MS;
  const connectedToAgentTimestamp = new Date(at).toISOString();
  return { ...event, detail: { ...event.detail, agentInfo: { connectedToAgentTimestamp } } };
}
