import { expect, test } from '@jest/globals';
import { applyRuleMessage } from '../../lambda/flow/handle-rule-message.ts';
import { context, KEY, QUEUE_ARN, queuedContact, T0 } from '../support/contacts.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const POLICIES = {
  all: { match: { tags: { tier: ['gold'] } }, steps: [{ after: '0s', set: { priority: 2 } }] },
};
const take = (memory: MemoryPorts, message: Parameters<typeof applyRuleMessage>[0]) =>
  applyRuleMessage(message, memory.configuration, memory.reconcilePorts);
const event = (tags: Record<string, string>) => ({
  type: 'contact-event' as const,
  ...KEY,
  facts: { ...KEY, ...queuedContact({ tags: { at: T0, value: tags } }).facts },
});

test('a contact event is merged into its contact’s record, without personal data, and acted on', async () => {
  const memory = new MemoryPorts(context(POLICIES));
  await take(memory, event({ tier: 'gold', callback: '+49 89 1234567' }));
  expect(memory.record(KEY)?.facts?.tags?.value).toEqual({ tier: 'gold' });
  expect(memory.record(KEY)?.decision).toMatchObject({ policy: 'all', desired: { priority: 2 } });
  expect(memory.dispatchNotifications).toHaveLength(1);
});

test('a message about a contact is applied to its record', async () => {
  const memory = new MemoryPorts(context(POLICIES));
  await take(memory, { type: 'signal', ...KEY, id: 's-1', at: T0, signal: 'vip' });
  expect(memory.record(KEY)).toMatchObject({ signals: { vip: { at: T0 } }, messageIds: ['s-1'] });
});

test.each([
  { type: 'queue-signal' as const, id: 's-1', at: T0, queueArn: QUEUE_ARN, signal: 'backlog' },
  { type: 'reevaluate' as const },
])('$type becomes a message for each contact that waits', async (message) => {
  const memory = new MemoryPorts(context({}));
  await take(memory, event({}));
  await take(memory, message);
  expect(memory.sent.map(({ body }) => body.contactId)).toEqual(['c-1']);
});
