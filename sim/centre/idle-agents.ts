import { compareAvailability } from './agent.ts';
import { activeExpression } from './criteria-progress.ts';
import type { Agent, AgentQueueAssignment, Contact, IdleGroup } from './entities.ts';
import { Heap } from './heap.ts';
import { namesAgents, satisfies } from './proficiency.ts';

/** Adds an agent to the idle agents of a queue. */
export function addIdle(agent: Agent, assignment: AgentQueueAssignment): void {
  if (assignment.group?.availableChannels !== agent.availableChannels) {
    assignment.group = groupOf(agent, assignment);
  }
  assignment.entry = assignment.group.heap.push(agent);
}

/** Removes an agent from the idle agents of a queue, if it is among them. */
export function removeIdle(assignment: AgentQueueAssignment): void {
  if (assignment.entry) assignment.group?.heap.remove(assignment.entry);
  assignment.entry = undefined;
}

/** The idle agent who is offered a waiting contact first; undefined when none may be offered it. */
export function bestAgent(contact: Contact, now: number): Agent | undefined {
  const expression = activeExpression(contact.effective.criteriaProgress);
  const needsScan = expression !== undefined && namesAgents(expression);
  let best: Agent | undefined;
  for (const { delayMs, availableChannels, heap } of contact.queue.idleGroups.values()) {
    const first = heap.peek();
    if (!first || !availableChannels.has(contact.source.channel)) continue;
    if (contact.enqueuedAt + delayMs > now) continue;
    for (const agent of needsScan ? heap.values() : [first]) {
      if (best && compareAvailability(best, agent) <= 0) continue;
      if (!expression || satisfies(expression, agent.spec)) best = agent;
    }
  }
  return best;
}

function groupOf(
  { availableChannels }: Agent,
  { queue, profileKey, delayMs }: AgentQueueAssignment,
): IdleGroup {
  const key = `${profileKey} ${[...availableChannels].join(' ')}`;
  const group = queue.idleGroups.get(key) ?? {
    delayMs,
    availableChannels,
    heap: new Heap(compareAvailability),
  };
  queue.idleGroups.set(key, group);
  return group;
}
