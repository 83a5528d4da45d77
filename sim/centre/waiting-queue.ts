import { compareRank } from './contact.ts';
import { activeExpression } from './criteria-progress.ts';
import type { Agent, Contact, ContactGroup, DelayTier, Queue } from './entities.ts';
import { Heap } from './heap.ts';
import { expressionKey, satisfies } from './proficiency.ts';

/**
 * The empty tiers of a queue. A queue has a tier for each delay with which agents serve it, a tier has a
 * group for each channel and expression, and a group has a heap by rank: the first contact for an agent is
 * found without a scan.
 *
 * @param delaysMs - those with which agents serve the queue; empty when no agent serves it.
 */
export function newDelayTiers(delaysMs: Iterable<number>): DelayTier[] {
  const distinct = [...new Set(delaysMs)].sort((a, b) => a - b);
  return distinct.map((delayMs) => ({ delayMs, groups: new Map() }));
}

/**
 * Adds a contact to the tiers of its queue that it is not in yet and whose delay has passed, by its effective
 * rank and criteria. Remove the contact before these change.
 *
 * @returns when to insert it again, because the delay of the next tier will have passed; undefined if never.
 */
export function insertContact(contact: Contact, now: number): number | undefined {
  const { delayTiers } = contact.queue;
  for (let index = contact.queueEntries.length; index < delayTiers.length; index += 1) {
    const delayTier = delayTiers[index] as DelayTier;
    const opensAt = contact.enqueuedAt + delayTier.delayMs;
    if (opensAt > now) return opensAt;
    const group = groupOf(delayTier, contact);
    contact.queueEntries.push({ delayTier, group, entry: group.heap.push(contact) });
  }
  return undefined;
}

/** Removes a contact from all tiers of its queue. */
export function removeContact(contact: Contact): void {
  for (const { delayTier, group, entry } of contact.queueEntries) {
    group.heap.remove(entry);
    if (group.heap.size === 0) delayTier.groups.delete(group.key);
  }
  contact.queueEntries.length = 0;
}

/** The first contact of a queue for an agent who serves the queue with this delay. */
export function bestContact(queue: Queue, agent: Agent, delayMs: number): Contact | undefined {
  let best: Contact | undefined;
  for (const group of queue.delayTiers.find((tier) => tier.delayMs === delayMs)?.groups.values() ?? []) {
    const first = group.heap.peek();
    if (!first || (best && compareRank(best, first) <= 0)) continue;
    if (!agent.availableChannels.has(group.channel)) continue;
    if (group.expression && !satisfies(group.expression, agent.spec)) continue;
    best = first;
  }
  return best;
}

function groupOf(delayTier: DelayTier, contact: Contact): ContactGroup {
  const { channel } = contact.source;
  const expression = activeExpression(contact.effective.criteriaProgress);
  const key = expression ? `${channel} ${expressionKey(expression)}` : channel;
  const existing = delayTier.groups.get(key);
  if (existing) return existing;
  const group = { key, channel, expression, heap: new Heap<Contact>(compareRank) };
  delayTier.groups.set(key, group);
  return group;
}
