import { canonicalJson } from '../../lambda/domain/json.ts';
import { availableChannels, compareAvailability, delayMsOf, newAgent } from './agent.ts';
import { compareRank } from './contact.ts';
import type { Agent, AgentQueueAssignment, Contact, Queue } from './entities.ts';
import { addIdle, bestAgent, removeIdle } from './idle-agents.ts';
import type { AgentSpec, QueueSpec, ServedQueue } from './types.ts';
import { bestContact, insertContact, newDelayLevels, removeContact } from './waiting-queue.ts';

/** The queues and agents of a centre. Matches waiting contacts with idle agents. */
export class RoutingEngine {
  readonly queues = new Map<string, Queue>();
  readonly agents = new Map<string, Agent>();
  readonly #instanceArn: string;
  /** Contacts and agents that may have new matches since the last run of `matchAll`. */
  readonly #insertedContacts = new Set<Contact>();
  readonly #freedAgents = new Set<Agent>();
  #availabilityChanges = 0;

  constructor(instanceArn: string, queues: readonly QueueSpec[], agents: readonly AgentSpec[]) {
    this.#instanceArn = instanceArn;
    const served = agents.flatMap((agent) => agent.queues);
    const delaysMs = Map.groupBy(served, ({ queueId }) => queueId);
    for (const spec of [...queues, ...[...delaysMs.keys()].map((id) => ({ id }))]) {
      if (!this.queues.has(spec.id)) this.#addQueue(spec, (delaysMs.get(spec.id) ?? []).map(delayMsOf));
    }
    for (const spec of agents) this.#addAgent(spec);
  }

  /** Adds a queue that no agent serves. */
  addQueue(spec: QueueSpec): Queue {
    return this.#addQueue(spec, []);
  }

  /** Adds a contact to its queue; see insertContact. */
  insert(contact: Contact, now: number): number | undefined {
    this.#insertedContacts.add(contact);
    return insertContact(contact, now);
  }

  /** Removes a contact from its queue. */
  remove(contact: Contact): void {
    this.#insertedContacts.delete(contact);
    removeContact(contact);
  }

  /** Assigns a contact to an agent, who must have capacity. */
  assign(agent: Agent, contact: Contact): void {
    this.remove(contact);
    this.#updateAgent(agent, () => agent.contacts.add(contact));
  }

  /** Removes a contact from its agent. */
  release(agent: Agent, contact: Contact): void {
    this.#updateAgent(agent, () => agent.contacts.delete(contact));
    this.#freedAgents.add(agent);
  }

  /** The agent starts a shift. */
  signIn(agent: Agent): void {
    this.#updateAgent(agent, () => {
      agent.isAway = false;
    });
    this.#freedAgents.add(agent);
  }

  /** The agent ends a shift: current contacts continue, no others are offered. */
  signOut(agent: Agent): void {
    this.#updateAgent(agent, () => {
      agent.isAway = true;
    });
  }

  /**
   * Matches contacts with agents until no idle agent can take a waiting contact. If several agents can, the
   * one who has been available longest chooses first, by the routing profile.
   *
   * @param connect - called for each match; it must assign the contact to the agent.
   */
  matchAll(now: number, connect: (contact: Contact, agent: Agent) => void): void {
    if (this.#insertedContacts.size === 0 && this.#freedAgents.size === 0) return;
    let inserted = [...this.#insertedContacts];
    let available = [...this.#freedAgents];
    this.#insertedContacts.clear();
    this.#freedAgents.clear();
    for (;;) {
      let next: Agent | undefined;
      const consider = (agent: Agent | undefined): boolean => {
        if (agent && (!next || compareAvailability(agent, next) < 0)) next = agent;
        return agent !== undefined;
      };
      inserted = inserted.filter(
        (contact) => contact.queueEntries.length > 0 && consider(bestAgent(contact, now)),
      );
      available = available.filter(
        (agent) => agent.availableChannels.size > 0 && this.#bestContactFor(agent) && consider(agent),
      );
      const first = next && this.#bestContactFor(next);
      if (!next || !first) return;
      connect(first, next);
    }
  }

  /**
   * Considers the queues of the next priority only if those of the current one have no contact for the agent.
   */
  #bestContactFor(agent: Agent): Contact | undefined {
    let best: Contact | undefined;
    let priority = 0;
    for (const assignment of agent.assignments) {
      if (best && assignment.priority > priority) break;
      const first = bestContact(assignment.queue, agent, assignment.delayMs);
      if (first && (!best || compareRank(first, best) < 0)) best = first;
      priority = assignment.priority;
    }
    return best;
  }

  /** Removes the agent from the idle agents while the properties that order them change. */
  #updateAgent(agent: Agent, change: () => void): void {
    for (const assignment of agent.assignments) removeIdle(assignment);
    change();
    this.#availabilityChanges += 1;
    agent.availableOrder = this.#availabilityChanges;
    agent.availableChannels = availableChannels(agent);
    if (agent.availableChannels.size === 0) return;
    for (const assignment of agent.assignments) addIdle(agent, assignment);
  }

  #addQueue({ id, arn, name }: QueueSpec, delaysMs: number[]): Queue {
    const queue = {
      id,
      arn: arn ?? `${this.#instanceArn}/queue/${id}`,
      name: name ?? id,
      delayLevels: newDelayLevels(delaysMs),
      idleGroups: new Map(),
    };
    this.queues.set(id, queue);
    return queue;
  }

  #addAgent(spec: AgentSpec): void {
    const assignments = spec.queues.flatMap((served) => this.#assignmentsOf(spec, served));
    const agent = newAgent(
      spec,
      assignments.sort((a, b) => a.priority - b.priority),
    );
    this.agents.set(spec.id, agent);
    if (!spec.shifts) this.signIn(agent);
  }

  #assignmentsOf(spec: AgentSpec, served: ServedQueue): AgentQueueAssignment[] {
    const queue = this.queues.get(served.queueId);
    const delayMs = delayMsOf(served);
    const profileKey = canonicalJson([delayMs, [...spec.channels].sort(), spec.proficiencies ?? {}]);
    return queue ? [{ queue, priority: served.priority, delayMs, profileKey }] : [];
  }
}
