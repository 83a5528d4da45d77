import type { Contact } from './contact.ts';
import type { HeapEntry } from './heap.ts';
import type { Queue } from './queue.ts';
import type { AgentSpec, ServedQueue } from './types.ts';

/** An agent's place at a queue of their routing profile. */
export interface Seat {
  readonly queue: Queue;
  readonly priority: number;
  readonly delayMs: number;
  /** Agents with the same key are alike in all that decides which contacts of the queue they may be offered, but for their id. */
  readonly profileKey: string;
  /** Where the agent is among the queue's idle agents, as long as they are. */
  entry?: HeapEntry<Agent>;
}

/** An agent inside of the centre. */
export interface Agent {
  readonly spec: AgentSpec;
  readonly channels: ReadonlySet<string>;
  readonly concurrency: number;
  /** The queue that is looked into first comes first. */
  readonly seats: readonly Seat[];
  /** The contacts that the agent handles, after-contact work included. */
  readonly contacts: Set<Contact>;
  /** The lower, the longer the agent has been available. */
  availableOrder: number;
}

/** How long a contact must have waited before the agent is offered it. */
export function delayMsOf(served: ServedQueue): number {
  return (served.delaySeconds ?? 0) * 1_000;
}

/** True when the agent could take one more contact. */
export function hasCapacity(agent: Agent): boolean {
  return agent.contacts.size < agent.concurrency;
}

/**
 * Negative where `a` is offered a contact before `b`: who handles the fewest contacts, then who has been
 * available for longest.
 *
 * Source: Amazon Connect administrator guide, "Queue priority and delay examples", example 7.
 */
export function compareAvailability(a: Agent, b: Agent): number {
  return a.contacts.size - b.contacts.size || a.availableOrder - b.availableOrder;
}
