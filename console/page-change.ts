import { inOrder } from '../cli/state/queue-order.ts';
import type { PageChange, PageState } from '../cli/watch/page-state.ts';
import { keyString } from '../lambda/domain/contact/contact-key.ts';
import { queueStateKey } from '../lambda/domain/queue/queue-state.ts';

/** The state after a change. Queues in which nothing is different keep their lists. */
export function applyChange(page: PageState, change: PageChange): PageState {
  const { state, queues, contacts, gone, parts } = change;
  const { hour = page.hour, samples = page.hour.samples, ...others } = parts;
  const replaced = new Set([...gone, ...contacts.map(keyString)]);
  const before = new Map(page.state.queues.map((queue) => [queue.id, queue.contacts]));
  const added = Map.groupBy(contacts, ({ queueArn }) => queueStateKey(queueArn));
  return {
    ...page,
    ...others,
    hour: { ...hour, samples },
    state: {
      ...state,
      queues: queues.map((queue) => {
        const old = before.get(queue.id) ?? [];
        const kept = old.filter((contact) => !replaced.has(keyString(contact)));
        const fresh = added.get(queue.id) ?? [];
        const isSame = fresh.length === 0 && kept.length === old.length;
        return { ...queue, contacts: isSame ? old : inOrder([...kept, ...fresh]) };
      }),
    },
  };
}
