import type { Expression } from '../../lambda/domain/routing/criteria.ts';
import type { Agent } from './agent.ts';
import { type Contact, compareRank } from './contact.ts';
import { activeExpression } from './criteria-progress.ts';
import { Heap, type HeapEntry } from './heap.ts';
import { expressionKey, satisfies } from './proficiency.ts';

/** Contacts that the same agents may be offered, the first to be served first. */
interface ContactGroup {
  readonly key: string;
  readonly channel: string;
  readonly expression: Expression | undefined;
  readonly heap: Heap<Contact>;
}

/** The contacts that have waited out a delay. */
interface DelayTier {
  readonly delayMs: number;
  readonly groups: Map<string, ContactGroup>;
}

/** Where a contact stands in a line. */
export interface QueueEntry {
  readonly delayTier: DelayTier;
  readonly group: ContactGroup;
  readonly entry: HeapEntry<Contact>;
}

/**
 * The contacts that wait in a queue, kept so that the first one for an agent is found without looking at the
 * others: a tier for each delay with which agents serve the queue, in it a group for each channel and
 * expression, in that a heap by rank.
 */
export class WaitingQueue {
  readonly #delayTiers: readonly DelayTier[];

  /** @param delaysMs - those with which agents serve the queue; none when nobody serves it. */
  constructor(delaysMs: Iterable<number>) {
    const distinct = [...new Set(delaysMs)].sort((a, b) => a - b);
    this.#delayTiers = distinct.map((delayMs) => ({ delayMs, groups: new Map() }));
  }

  /**
   * Gives a contact the places that it does not have yet, by the rank and the criteria that are in force now.
   * Before these change, it must be removed.
   *
   * @returns when it must be placed again, since it will have waited out the next delay.
   */
  insert(contact: Contact, now: number): number | undefined {
    for (let index = contact.queueEntries.length; index < this.#delayTiers.length; index += 1) {
      const tier = this.#delayTiers[index] as DelayTier;
      const opensAt = contact.enqueuedAt + tier.delayMs;
      if (opensAt > now) return opensAt;
      const group = groupOf(tier, contact);
      contact.queueEntries.push({ delayTier: tier, group, entry: group.heap.push(contact) });
    }
    return undefined;
  }

  remove(contact: Contact): void {
    for (const { delayTier: tier, group, entry } of contact.queueEntries) {
      group.heap.remove(entry);
      if (group.heap.size === 0) tier.groups.delete(group.key);
    }
    contact.queueEntries.length = 0;
  }

  /** The contact that an agent who serves the queue with that delay is offered first. */
  bestContact(agent: Agent, delayMs: number): Contact | undefined {
    let best: Contact | undefined;
    for (const group of this.#delayTiers.find((tier) => tier.delayMs === delayMs)?.groups.values() ?? []) {
      const first = group.heap.peek();
      if (!first || (best && compareRank(best, first) <= 0)) continue;
      if (!agent.availableChannels.has(group.channel)) continue;
      if (group.expression && !satisfies(group.expression, agent.spec)) continue;
      best = first;
    }
    return best;
  }
}

function groupOf(delayTier: DelayTier, contact: Contact): ContactGroup {
  const { channel } = contact.source;
  const expression = activeExpression(contact.effective.criteriaProgress);
  const key = expression ? `${channel} ${expressionKey(expression)}` : channel;
  const known = delayTier.groups.get(key);
  if (known) return known;
  const group = { key, channel, expression, heap: new Heap<Contact>(compareRank) };
  delayTier.groups.set(key, group);
  return group;
}
