import { Sample } from './sample.ts';
import { slotsBetween, WEEK_SLOTS } from './week.ts';

/** A contact that an agent had. Times are milliseconds since the epoch. */
export interface AgentContact {
  readonly agentId: string;
  readonly queueId: string;
  readonly channel: string;
  /** When the contact entered the queue, was connected, and left; when after-contact work ended, if that is known. */
  readonly enqueuedAt: number;
  readonly connectedAt: number;
  readonly disconnectedAt: number;
  readonly completedAt?: number;
}

/** What a recording shows of an agent. */
export interface SeenAgent {
  readonly agentId: string;
  readonly contacts: number;
  /** The queues and channels served, sorted. */
  readonly queues: readonly string[];
  readonly channels: readonly string[];
  /** By channel: the most contacts at the same time. */
  readonly concurrency: ReadonlyMap<string, number>;
  /** By half hour of the week: the half hours at work, over all weeks. */
  readonly atWork: Float64Array;
}

/** An agent without a contact counts as at work for this time: most agents wait for the next contact for less. */
const IDLE_MS = 45 * 60_000;

interface Session {
  from: number;
  to: number;
}

interface KnownAgent {
  contacts: number;
  readonly queues: Set<string>;
  readonly channels: Set<string>;
  readonly concurrency: Map<string, number>;
  /** The contacts of the last hours, for what overlaps. */
  recent: { readonly channel: string; readonly from: number; readonly to: number }[];
  readonly atWork: Float64Array;
  session: Session | undefined;
}

/**
 * When agents were at work, what they served, and how long after-contact work took, by the contacts that they had. An agent
 * is at work from the first connection on, until no contact has come for 45 minutes: then since the end of the last
 * one. Who is idle for longer is missed.
 */
export class AgentTimes {
  readonly #timezone: string;
  readonly #agents = new Map<string, KnownAgent>();
  readonly #afterContactWork = new Sample<number>();
  readonly #freedAt = new Map<string, number>();
  readonly #gaps = new Sample<number>();

  constructor(timezone: string) {
    this.#timezone = timezone;
  }

  /** Adds a contact; they come nearly in order of their ends. */
  add(contact: AgentContact): void {
    const { agentId, queueId, channel, connectedAt, disconnectedAt, completedAt } = contact;
    const agent = this.#agents.get(agentId) ?? newAgent();
    this.#agents.set(agentId, agent);
    agent.contacts += 1;
    agent.queues.add(queueId);
    agent.channels.add(channel);
    const to = Math.max(disconnectedAt, completedAt ?? 0);
    this.#extend(agent, { from: connectedAt, to });
    addOverlap(agent, { channel, from: connectedAt, to: disconnectedAt });
    if (completedAt !== undefined && completedAt >= disconnectedAt) {
      this.#afterContactWork.add((completedAt - disconnectedAt) / 1_000);
    }
    this.#addGap(contact);
  }

  /** The agents, by id. Call it after the last contact. */
  end(): SeenAgent[] {
    for (const agent of this.#agents.values()) this.#close(agent);
    return [...this.#agents]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([agentId, { contacts, queues, channels, concurrency, atWork }]) => ({
        agentId,
        contacts,
        queues: [...queues].sort(),
        channels: [...channels].sort(),
        concurrency,
        atWork,
      }));
  }

  /**
   * After-contact work in seconds, sorted: from the events where they say it, else from the gaps before contacts that had
   * waited since before their agent was free. Nothing else kept these agents.
   */
  get afterContactWork(): { readonly seconds: readonly number[]; readonly isFromEvents: boolean } {
    const isFromEvents = this.#afterContactWork.seen > 0;
    const { values: seconds } = isFromEvents ? this.#afterContactWork : this.#gaps;
    return { seconds: seconds.toSorted((a, b) => a - b), isFromEvents };
  }

  #extend(agent: KnownAgent, { from, to }: Session): void {
    const { session } = agent;
    if (session && from <= session.to + IDLE_MS && to >= session.from - IDLE_MS) {
      session.from = Math.min(session.from, from);
      session.to = Math.max(session.to, to);
      return;
    }
    this.#close(agent);
    agent.session = { from, to };
  }

  #close(agent: KnownAgent): void {
    const { session, atWork } = agent;
    agent.session = undefined;
    if (!session) return;
    for (const { ofWeek, share } of slotsBetween(this.#timezone, session.from, session.to)) {
      atWork[ofWeek] = (atWork[ofWeek] ?? 0) + share;
    }
  }

  #addGap({ agentId, enqueuedAt, connectedAt, disconnectedAt }: AgentContact): void {
    const freedAt = this.#freedAt.get(agentId);
    this.#freedAt.set(agentId, Math.max(freedAt ?? 0, disconnectedAt));
    if (freedAt === undefined || enqueuedAt > freedAt || connectedAt < freedAt) return;
    this.#gaps.add((connectedAt - freedAt) / 1_000);
  }
}

function newAgent(): KnownAgent {
  return {
    contacts: 0,
    queues: new Set(),
    channels: new Set(),
    concurrency: new Map(),
    recent: [],
    atWork: new Float64Array(WEEK_SLOTS),
    session: undefined,
  };
}

/** Contacts that ended a day ago overlap none that ends now. */
const RECENT_MS = 24 * 3_600_000;

function addOverlap(agent: KnownAgent, contact: KnownAgent['recent'][number]): void {
  const { channel, from, to } = contact;
  agent.recent = agent.recent.filter((one) => one.to > to - RECENT_MS && one.to > from);
  agent.recent.push(contact);
  const ofChannel = agent.recent.filter((one) => one.channel === channel);
  // The most contacts at once are there when one of them begins.
  const most = Math.max(
    ...ofChannel.map(
      ({ from: begin }) => ofChannel.filter((one) => one.from <= begin && begin < one.to).length,
    ),
    1,
  );
  agent.concurrency.set(channel, Math.max(agent.concurrency.get(channel) ?? 0, most));
}
