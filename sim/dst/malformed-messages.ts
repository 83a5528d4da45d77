import type { Random } from '../random.ts';

/** Malformed messages, some of them about contacts of the run. */
const MALFORMED_MESSAGES: readonly ((instanceId: string) => string)[] = [
  () => 'not JSON',
  () => '[]',
  (instanceId) => JSON.stringify({ type: 'signal', instanceId, contactId: 'c-0' }),
  (instanceId) => JSON.stringify({ type: 'override', instanceId, contactId: 'c-0', set: { priority: 0 } }),
  (instanceId) => JSON.stringify({ type: 'relaese', instanceId, contactId: 'c-1' }),
  () => JSON.stringify({ type: 'signal', instanceId: 'unknown', contactId: 'c-0', signal: 'vip' }),
  () => JSON.stringify({ 'detail-type': 'Contact Lens Realtime Rules Matched', detail: {} }),
];

/** A random subset of the malformed messages. */
export function randomMalformedMessages(random: Random, instanceId: string): string[] {
  return MALFORMED_MESSAGES.filter(() => random() < 0.15).map((create) => create(instanceId));
}
