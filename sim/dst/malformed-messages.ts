import type { Random } from '../random.ts';

/** Messages that cannot be understood, some of them about contacts that the run has. */
const MALFORMED_MESSAGES: readonly ((instanceId: string) => string)[] = [
  () => 'not JSON',
  () => '[]',
  (instanceId) => JSON.stringify({ type: 'signal', instanceId, contactId: 'c-0' }),
  (instanceId) => JSON.stringify({ type: 'override', instanceId, contactId: 'c-0', set: { priority: 0 } }),
  (instanceId) => JSON.stringify({ type: 'relaese', instanceId, contactId: 'c-1' }),
  () => JSON.stringify({ type: 'signal', instanceId: 'nobody’s', contactId: 'c-0', signal: 'vip' }),
  () => JSON.stringify({ 'detail-type': 'Contact Lens Realtime Rules Matched', detail: {} }),
];

/** Some of them. */
export function randomMalformedMessages(random: Random, instanceId: string): string[] {
  return MALFORMED_MESSAGES.filter(() => random() < 0.15).map((make) => make(instanceId));
}
