import { describe, expect, test } from '@jest/globals';
import type { ContactFacts } from '../../../lambda/domain/contact/facts.ts';
import { mergeEvent } from '../../../lambda/domain/contact/merge.ts';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { reconcile } from '../../../lambda/flow/reconcile.ts';
import { context, KEY, queuedContact, T0 } from '../../support/contacts.ts';
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
  world: MemoryPorts,
  count: number,
  instanceId: string,
  facts: Partial<ContactFacts> = {},
): Promise<void> {
  for (let index = 0; index < count; index++) {
    const key = { instanceId, contactId: `${instanceId}-${index}` };
    const known = { ...(queuedContact().facts as ContactFacts), ...facts, ...key };
    await reconcile(key, (record) => mergeEvent(record, known), world.configuration, world.reconcilePorts);
  }
}

describe('instances that share an account', () => {
  // 9 questions a second, as granted to a new account, and as few as after many throttles.
  test.each([10, 0.5])(
    'are not delayed by one with endless attributes to ask for, at %d questions a second',
    async (describeRate) => {
      const given = context(POLICIES, { checkBeforeFirstChange: false, describeRate });
      const world = new MemoryPorts({ ...given, instances: [KEY.instanceId, OTHER] });
      world.describeResult = () => describeSuccess({ routing: {}, attributes: { value: '0' } });
      await arrive(world, 300, KEY.instanceId);
      await arrive(world, 100, OTHER, CHAT);
      await dispatchPending([], world.dispatchPorts, world.now + 60_000);
      expect(world.calls.length).toBe(100);
      // 100 calls at 18 a second.
      expect((world.calls.at(-1)?.at ?? 0) - T0).toBeLessThan(6_000);
      // All questions that half a minute grants are asked all the same.
      expect(world.described.length).toBeGreaterThanOrEqual(Math.min(300, 30 * describeRate * 0.9));
    },
  );

  test('get no call once they are not served any more, whatever a late message says', async () => {
    const world = new MemoryPorts(context(POLICIES));
    world.fillQuota();
    await arrive(world, 1, KEY.instanceId, CHAT);
    const [kick] = world.dispatchNotifications;
    world.configuration = context(POLICIES, { instances: [OTHER] });
    expect(kick).toBeDefined();
    expect(await dispatchPending(kick ? [kick] : [], world.dispatchPorts, world.now + 60_000)).toBe('empty');
    expect(world.calls).toEqual([]);
  });
});
