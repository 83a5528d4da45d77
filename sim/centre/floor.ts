import { canonicalJson } from '../../lambda/domain/json.ts';
import { type Agent, compareAvailability, delayMsOf, newAgent, openChannels, type Seat } from './agent.ts';
import { type Contact, compareRank } from './contact.ts';
import { IdlePool } from './idle-pool.ts';
import { Line } from './line.ts';
import type { Queue } from './queue.ts';
import type { AgentSpec, QueueSpec, ServedQueue } from './types.ts';

/** The queues and the agents, and who is to be brought together with whom. */
export class Floor {
  readonly queues = new Map<string, Queue>();
  readonly agents = new Map<string, Agent>();
  readonly #instanceArn: string;
  /** Contacts that more agents may be offered than before, and agents who may be offered more. */
  readonly #placed = new Set<Contact>();
  readonly #freed = new Set<Agent>();
  #madeAvailable = 0;

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

  /** Puts a contact in line, or puts it in order again; @see Line.place. */
  place(contact: Contact, now: number): number | undefined {
    this.#placed.add(contact);
    return contact.queue.line.place(contact, now);
  }

  /** Takes a contact out of line. */
  remove(contact: Contact): void {
    this.#placed.delete(contact);
    contact.queue.line.remove(contact);
  }

  /** Gives a contact to an agent, who must have capacity. */
  occupy(agent: Agent, contact: Contact): void {
    this.remove(contact);
    this.#rearrange(agent, () => agent.contacts.add(contact));
  }

  /** Takes a contact from its agent. */
  release(agent: Agent, contact: Contact): void {
    this.#rearrange(agent, () => agent.contacts.delete(contact));
    this.#freed.add(agent);
  }

  /** Lets an agent begin to work. */
  come(agent: Agent): void {
    this.#rearrange(agent, () => {
      agent.isAway = false;
    });
    this.#freed.add(agent);
  }

  /** Offers an agent nothing more. */
  leave(agent: Agent): void {
    this.#rearrange(agent, () => {
      agent.isAway = true;
    });
  }

  /**
   * Brings contacts and agents together until no idle agent could take any contact that waits. Where several
   * agents could, the one who has been available for longest chooses first, by their routing profile.
   *
   * @param connect - called for each pair; it must make the agent occupied.
   */
  settle(now: number, connect: (contact: Contact, agent: Agent) => void): void {
    if (this.#placed.size === 0 && this.#freed.size === 0) return;
    let placed = [...this.#placed];
    let freed = [...this.#freed];
    this.#placed.clear();
    this.#freed.clear();
    for (;;) {
      let next: Agent | undefined;
      const consider = (agent: Agent | undefined): boolean => {
        if (agent && (!next || compareAvailability(agent, next) < 0)) next = agent;
        return agent !== undefined;
      };
      placed = placed.filter(
        (contact) => contact.places.length > 0 && consider(contact.queue.idle.best(contact, now)),
      );
      freed = freed.filter((agent) => agent.open.size > 0 && this.#firstFor(agent) && consider(agent));
      const first = next && this.#firstFor(next);
      if (!next || !first) return;
      connect(first, next);
    }
  }

  /** Only when the queues of one priority have nothing for the agent, those of the next one are looked into. */
  #firstFor(agent: Agent): Contact | undefined {
    let best: Contact | undefined;
    let priority = 0;
    for (const seat of agent.seats) {
      if (best && seat.priority > priority) break;
      const first = seat.queue.line.best(agent, seat.delayMs);
      if (first && (!best || compareRank(first, best) < 0)) best = first;
      priority = seat.priority;
    }
    return best;
  }

  /** What orders an agent may only change while they are out of the pools. */
  #rearrange(agent: Agent, change: () => void): void {
    for (const seat of agent.seats) seat.queue.idle.remove(seat);
    change();
    this.#madeAvailable += 1;
    agent.availableOrder = this.#madeAvailable;
    agent.open = openChannels(agent);
    if (agent.open.size === 0) return;
    for (const seat of agent.seats) seat.queue.idle.add(agent, seat);
  }

  #addQueue({ id, arn, name }: QueueSpec, delaysMs: number[]): Queue {
    const queue = {
      id,
      arn: arn ?? `${this.#instanceArn}/queue/${id}`,
      name: name ?? id,
      line: new Line(delaysMs),
      idle: new IdlePool(),
    };
    this.queues.set(id, queue);
    return queue;
  }

  #addAgent(spec: AgentSpec): void {
    const seats = spec.queues.flatMap((served) => this.#seat(spec, served));
    const agent = newAgent(
      spec,
      seats.sort((a, b) => a.priority - b.priority),
    );
    this.agents.set(spec.id, agent);
    if (!spec.shifts) this.come(agent);
  }

  #seat(spec: AgentSpec, served: ServedQueue): Seat[] {
    const queue = this.queues.get(served.queueId);
    const delayMs = delayMsOf(served);
    const profileKey = canonicalJson([delayMs, [...spec.channels].sort(), spec.proficiencies ?? {}]);
    return queue ? [{ queue, priority: served.priority, delayMs, profileKey }] : [];
  }
}
