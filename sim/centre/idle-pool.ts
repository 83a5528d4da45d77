import { type Agent, compareAvailability, type Seat } from './agent.ts';
import type { Contact } from './contact.ts';
import { activeExpression } from './criteria-run.ts';
import { Heap } from './heap.ts';
import { namesAgents, satisfies } from './proficiency.ts';

/** Agents that are alike but for their id, the one who is offered a contact first in front. */
interface Group {
  readonly delayMs: number;
  readonly heap: Heap<Agent>;
}

/** The agents of a queue that could take one more contact. */
export class IdlePool {
  readonly #groups = new Map<string, Group>();

  add(agent: Agent, seat: Seat): void {
    const group = this.#groups.get(seat.profileKey) ?? {
      delayMs: seat.delayMs,
      heap: new Heap(compareAvailability),
    };
    this.#groups.set(seat.profileKey, group);
    seat.entry = group.heap.push(agent);
  }

  remove(seat: Seat): void {
    if (seat.entry) this.#groups.get(seat.profileKey)?.heap.remove(seat.entry);
    seat.entry = undefined;
  }

  /** Who is offered a waiting contact first; undefined when none of them may be. */
  best(contact: Contact, now: number): Agent | undefined {
    const expression = activeExpression(contact.inForce.run);
    const one = expression !== undefined && namesAgents(expression);
    let best: Agent | undefined;
    for (const { delayMs, heap } of this.#groups.values()) {
      const first = heap.peek();
      if (!first?.channels.has(contact.source.channel) || contact.enqueuedAt + delayMs > now) continue;
      for (const agent of one ? heap.values() : [first]) {
        if (best && compareAvailability(best, agent) <= 0) continue;
        if (!expression || satisfies(expression, agent.spec)) best = agent;
      }
    }
    return best;
  }
}
