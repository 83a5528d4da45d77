import { canonicalJson } from '../../lambda/domain/json.ts';
import {
  availableChannels,
  compareAvailability,
  delayMsOf,
  newAgent,
} from './agent.ts';
import { compareRank } from './contact.ts';
import type { Agent, AgentQueueAssignment, Contact, Queue } from './entities.ts';
import { addIdle, bestAgent, removeIdle } from './idle-agents.ts';
import type { AgentSpec, QueueSpec, ServedQueue } from './types.ts';
import { bestContact, insertContact, newDelayTiers, removeContact } from './waiting-queue.ts';

/** The queues and the agents, and who is to be brought together with whom. */
export class RoutingEngine {
  readonly queues = new Map<string, Queue>();
  readonly agents = new Map<string, Agent>();
  readonly #instanceArn: string;
  /** Contacts that more agents may be offered than before, and agents who may be offered more. */
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

  /** A queue that nobody serves. */
  addQueue(spec: QueueSpec): Queue {
    return this.#addQueue(spec, []);
  }

  /** Puts a contact in line, or puts it in order again; @see WaitingQueue.insert. */
  insert(contact: Contact, now: number): number | undefined {
    this.#insertedContacts.add(contact);
    return insertContact(contact, now);
  }

  /** Takes a contact out of line. */
  remove(contact: Contact): void {
    this.#insertedContacts.delete(contact);
    removeContact(contact);
  }

  /** Gives a contact to an agent, who must have capacity. */
  assign(agent: Agent, contact: Contact): void {
    this.remove(contact);
    this.#updateAgent(agent, () => agent.contacts.add(contact));
  }

  /** Takes a contact from its agent. */
  release(agent: Agent, contact: Contact): void {
    this.#updateAgent(agent, () => agent.contacts.delete(contact));
    this.#freedAgents.add(agent);
  }

  /** Lets an agent begin to work. */
  signIn(agent: Agent): void {
    this.#updateAgent(agent, () => {
      agent.isAway = false;
    });
    this.#freedAgents.add(agent);
  }

  /** Offers an agent nothing more. */
  signOut(agent: Agent): void {
    this.#updateAgent(agent, () => {
      agent.isAway = true;
    });
  }

  /**
   * Brings contacts and agents together until no idle agent could take any contact that waits. Where several
   * agents could, the one who has been available for longest chooses first, by their routing profile.
   *
   * @param connect - called for each pair; it must make the agent occupied.
   */
  matchAll(now: number, connect: (contact: Contact, agent: Agent) => void): void {
    if (this.#insertedContacts.size === 0 && this.#freedAgents.size === 0) return;
    let placed = [...this.#insertedContacts];
    let freed = [...this.#freedAgents];
    this.#insertedContacts.clear();
    this.#freedAgents.clear();
    for (;;) {
      let next: Agent | undefined;
      const consider = (agent: Agent | undefined): boolean => {
        if (agent && (!next || compareAvailability(agent, next) < 0)) next = agent;
        return agent !== undefined;
      };
      placed = placed.filter(
        (contact) =>
          contact.queueEntries.length > 0 && consider(bestAgent(contact, now)),
      );
      freed = freed.filter(
        (agent) => agent.availableChannels.size > 0 && this.#bestContactFor(agent) && consider(agent),
      );
      const first = next && this.#bestContactFor(next);
      if (!next || !first) return;
      connect(first, next);
    }
  }

  /** Only when the queues of one priority have nothing for the agent, those of the next one are looked into. */
  #bestContactFor(agent: Agent): Contact | undefined {
    let best: Contact | undefined;
    let priority = 0;
    for (const seat of agent.assignments) {
      if (best && seat.priority > priority) break;
      const first = bestContact(seat.queue, agent, seat.delayMs);
      if (first && (!best || compareRank(first, best) < 0)) best = first;
      priority = seat.priority;
    }
    return best;
  }

  /** What orders an agent may only change while they are out of the pools. */
  #updateAgent(agent: Agent, change: () => void): void {
    for (const seat of agent.assignments) removeIdle(seat);
    change();
    this.#availabilityChanges += 1;
    agent.availableOrder = this.#availabilityChanges;
    agent.availableChannels = availableChannels(agent);
    if (agent.availableChannels.size === 0) return;
    for (const seat of agent.assignments) addIdle(agent, seat);
  }

  #addQueue({ id, arn, name }: QueueSpec, delaysMs: number[]): Queue {
    const queue = {
      id,
      arn: arn ?? `${this.#instanceArn}/queue/${id}`,
      name: name ?? id,
      delayTiers: newDelayTiers(delaysMs),
      idleGroups: new Map(),
    };
    this.queues.set(id, queue);
    return queue;
  }

  #addAgent(spec: AgentSpec): void {
    const seats = spec.queues.flatMap((served) => this.#assignmentsOf(spec, served));
    const agent = newAgent(
      spec,
      seats.sort((a, b) => a.priority - b.priority),
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
