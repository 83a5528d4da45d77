import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { context, KEY, T0 } from '../../support/contacts.ts';
import { enqueue } from '../../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../../support/memory-ports.ts';

const POLICIES = {
  rich: {
    precedence: 1,
    match: { channel: ['VOICE'], attributes: { value: ['1'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
  chat: { match: { channel: ['CHAT'] }, steps: [{ after: '0s', set: { priority: 2 } }] },
};
const CHAT = { channel: 'CHAT' };
const OTHER = 'i-2';

async function arrive(
  memory: MemoryPorts,
  count: number,
  instanceId: string,
  facts: Partial<ContactFacts> = {},
): Promise<void> {
  for (let index = 0; index < count; index++) {
    await enqueue(memory, `${instanceId}-${index}`, { ...facts, instanceId });
  }
}

describe('instances that share an account', () => {
  // 9 questions a second, as granted to a new account, and as few as after many throttles.
  test.each([10, 0.5])(
    'are not delayed by one with endless attributes to ask for, at %d questions a second',
    async (describeRate) => {
      const given = context(POLICIES, { checkBeforeFirstChange: false, describeRate });
      const memory = new MemoryPorts({ ...given, instances: [KEY.instanceId, OTHER] });
      memory.describeResult = () => describeSuccess({ routing: {}, attributes: { value: '0' } });
      await arrive(memory, 300, KEY.instanceId);
      await arrive(memory, 100, OTHER, CHAT);
      await dispatchPending([], memory.dispatchPorts, memory.now + 60_000);
      expect(memory.calls.length).toBe(100);
      // 100 calls at 18 a second.
      expect((memory.calls.at(-1)?.at ?? 0) - T0).toBeLessThan(6_000);
      // All questions that half a minute grants are asked all the same.
      expect(memory.described.length).toBeGreaterThanOrEqual(Math.min(300, 30 * describeRate * 0.9));
    },
  );

  test('are not delayed by one of which every update is denied', async () => {
    const given = context(POLICIES, { checkBeforeFirstChange: false });
    const memory = new MemoryPorts({ ...given, instances: [KEY.instanceId, OTHER] });
    memory.fillQuota();
    memory.updateResult = ({ instanceId }) =>
      instanceId === OTHER ? { kind: 'denied', message: 'no permission' } : { kind: 'done' };
    await arrive(memory, 60, KEY.instanceId, CHAT);
    await arrive(memory, 60, OTHER, CHAT);
    memory.sent.length = 0;
    expect(await dispatchPending([], memory.dispatchPorts, memory.now + 60_000)).toBe('denied');
    const called = Map.groupBy(memory.calls, ({ contactId }) => contactId.slice(0, 3));
    expect(called.get('i-1')).toHaveLength(60);
    // The first round alone: the others of the instance stay pending, and one wake-up takes them up again.
    expect(called.get('i-2')?.length).toBeLessThanOrEqual(10);
    expect(memory.sent.map(({ body, delaySeconds }) => [body.instanceId, delaySeconds])).toEqual([
      [OTHER, 60],
    ]);
  });

  test('get no update once they are no longer served, whatever a late message says', async () => {
    const memory = new MemoryPorts(context(POLICIES));
    memory.fillQuota();
    await arrive(memory, 1, KEY.instanceId, CHAT);
    const [kick] = memory.dispatchNotifications;
    memory.configuration = context(POLICIES, { instances: [OTHER] });
    expect(kick).toBeDefined();
    expect(await dispatchPending(kick ? [kick] : [], memory.dispatchPorts, memory.now + 60_000)).toBe(
      'empty',
    );
    expect(memory.calls).toEqual([]);
  });
});
