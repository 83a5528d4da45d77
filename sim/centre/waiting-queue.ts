import { compareRank } from './contact.ts';
import { activeExpression } from './criteria-progress.ts';
import type { Agent, Contact, ContactGroup, DelayLevel, Queue } from './entities.ts';
import { Heap } from './heap.ts';
import { expressionKey, satisfies } from './proficiency.ts';

/**
 * The empty delay levels of a queue. A queue has a level for each delay with which agents serve it, a level
 * has a group for each channel and expression, and a group has a heap by rank: the first contact for an agent
 * is found without a scan.
 *
 * @param delaysMs - those with which agents serve the queue; empty when no agent serves it.
 */
export function newDelayLevels(delaysMs: Iterable<number>): DelayLevel[] {
  const distinct = [...new Set(delaysMs)].sort((a, b) => a - b);
  return distinct.map((delayMs) => ({ delayMs, groups: new Map() }));
}

/**
 * Adds a contact to the delay levels of its queue that it is not in yet and whose delay has passed, by its
 * effective rank and criteria. Remove the contact before these change.
 *
 * @returns when to insert it again, because the delay of the next level will have passed; undefined if never.
 */
export function insertContact(contact: Contact, now: number): number | undefined {
  const { delayLevels } = contact.queue;
  for (let index = contact.queueEntries.length; index < delayLevels.length; index += 1) {
    const delayLevel = delayLevels[index] as DelayLevel;
    const opensAt = contact.enqueuedAt + delayLevel.delayMs;
    if (opensAt > now) return opensAt;
    const group = groupOf(delayLevel, contact);
    contact.queueEntries.push({ delayLevel, group, entry: group.heap.push(contact) });
  }
  return undefined;
}

/** Removes a contact from all delay levels of its queue. */
export function removeContact(contact: Contact): void {
  for (const { delayLevel, group, entry } of contact.queueEntries) {
    group.heap.remove(entry);
    if (group.heap.size === 0) delayLevel.groups.delete(group.key);
  }
  contact.queueEntries.length = 0;
}

/** The first contact of a queue for an agent who serves the queue with this delay. */
export function bestContact(queue: Queue, agent: Agent, delayMs: number): Contact | undefined {
  let best: Contact | undefined;
  for (const group of queue.delayLevels.find((level) => level.delayMs === delayMs)?.groups.values() ?? []) {
    const first = group.heap.peek();
    if (!first || (best && compareRank(best, first) <= 0)) continue;
    if (!agent.availableChannels.has(group.channel)) continue;
    if (group.expression && !satisfies(group.expression, agent.spec)) continue;
    best = first;
  }
  return best;
}

function groupOf(delayLevel: DelayLevel, contact: Contact): ContactGroup {
  const { channel } = contact.source;
  const expression = activeExpression(contact.effective.criteriaProgress);
  const key = expression ? `${channel} ${expressionKey(expression)}` : channel;
  const existing = delayLevel.groups.get(key);
  if (existing) return existing;
  const group = { key, channel, expression, heap: new Heap<Contact>(compareRank) };
  delayLevel.groups.set(key, group);
  return group;
}
