import { type Agent, type AgentQueueAssignment, compareAvailability } from './agent.ts';
import type { Contact } from './contact.ts';
import { activeExpression } from './criteria-progress.ts';
import { Heap } from './heap.ts';
import { namesAgents, satisfies } from './proficiency.ts';

/** Agents that are alike but for their id, the one who is offered a contact first in front. */
export interface IdleGroup {
  readonly delayMs: number;
  /** The channels of which they could take one more contact. */
  readonly availableChannels: ReadonlySet<string>;
  readonly heap: Heap<Agent>;
}

/** The agents of a queue that could take one more contact. */
export class IdlePool {
  readonly #groups = new Map<string, IdleGroup>();

  add(agent: Agent, seat: AgentQueueAssignment): void {
    if (seat.group?.availableChannels !== agent.availableChannels) seat.group = this.#group(agent, seat);
    seat.entry = seat.group.heap.push(agent);
  }

  remove(seat: AgentQueueAssignment): void {
    if (seat.entry) seat.group?.heap.remove(seat.entry);
    seat.entry = undefined;
  }

  /** Who is offered a waiting contact first; undefined when none of them may be. */
  bestAgent(contact: Contact, now: number): Agent | undefined {
    const expression = activeExpression(contact.effective.criteriaProgress);
    const one = expression !== undefined && namesAgents(expression);
    let best: Agent | undefined;
    for (const { delayMs, availableChannels: open, heap } of this.#groups.values()) {
      const first = heap.peek();
      if (!first || !open.has(contact.source.channel) || contact.enqueuedAt + delayMs > now) continue;
      for (const agent of one ? heap.values() : [first]) {
        if (best && compareAvailability(best, agent) <= 0) continue;
        if (!expression || satisfies(expression, agent.spec)) best = agent;
      }
    }
    return best;
  }

  #group({ availableChannels: open }: Agent, { profileKey, delayMs }: AgentQueueAssignment): IdleGroup {
    const key = `${profileKey} ${[...open].join(' ')}`;
    const group = this.#groups.get(key) ?? {
      delayMs,
      availableChannels: open,
      heap: new Heap(compareAvailability),
    };
    this.#groups.set(key, group);
    return group;
  }
}
