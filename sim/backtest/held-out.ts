import { AgentTimes } from '../calibration/agent-times.ts';
import { ContactHistories, type ContactHistory } from '../calibration/contact-histories.ts';
import type { RecordedInput } from '../replay/recording-entry.ts';
import type { Scenario, ScenarioStream } from '../scenario/scenario.ts';
import { createStreamMatcher } from './match-stream.ts';

/** A contact of the held-out days as it was recorded. */
export interface HeldOutContact {
  /** When its wait began, in milliseconds since the epoch. */
  readonly at: number;
  /** The earlier enqueue time that it keeps, where an agent transferred it. */
  readonly enqueuedAt?: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Undefined where the recording does not have the end of its wait. */
  readonly wait?: { readonly seconds: number; readonly isAnswered: boolean };
  /** Whether the back-test judges by it. Others only make the centre as busy as it was. */
  readonly isJudged: boolean;
}

/** The contacts that share a stream, or that were transferred from it to a queue. */
export interface HeldOutStream {
  /** What they draw at random: without arrivals of its own, and without those who call again or are transferred. */
  readonly stream: Omit<ScenarioStream, 'arrivals'>;
  /** In order of time. */
  readonly contacts: readonly HeldOutContact[];
  /** The handling times of those that are judged. */
  readonly handling: { readonly count: number; readonly meanSeconds: number };
}

/** What a recording says of the held-out days. */
export interface HeldOut {
  readonly streams: readonly HeldOutStream[];
  /** Contacts that are judged by, of which the wait is known. */
  readonly judged: number;
  /** Contacts of the same time that no stream of the scenario has, and where they waited: `queue (CHANNEL)`. */
  readonly unmatched: { readonly contacts: number; readonly places: readonly string[] };
  /** The contacts of which the recording does not have the end of the wait. */
  readonly withoutEnd: number;
  /** Contacts that flows moved to another queue while they waited. */
  readonly moved: number;
  /** The time that agents were seen at work, in hours, by the contacts that are judged. */
  readonly agentHours: number;
}

/** Times are milliseconds since the epoch. */
export interface JudgedSpan {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/**
 * Contacts of so much time before and after those that are judged arrive, too: they keep agents busy when that time
 * begins, and others may go before its last ones.
 */
export const MARGIN_MS = 2 * 3_600_000;

interface OpenStream {
  readonly stream: Omit<ScenarioStream, 'arrivals'>;
  readonly contacts: HeldOutContact[];
  count: number;
  totalSeconds: number;
}

/** Collects the contacts of a recording by the streams of a scenario. */
export class HeldOutCollector {
  readonly #scenario: Scenario;
  readonly #span: JudgedSpan;
  readonly #histories: ContactHistories;
  readonly #match: ReturnType<typeof createStreamMatcher>;
  readonly #streams = new Map<string, OpenStream>();
  readonly #agents: AgentTimes;
  /** The streams and queues of contacts that were answered, by id: one may follow that was transferred. */
  readonly #answered = new Map<string, { readonly stream: ScenarioStream; readonly queueId: string }>();
  readonly #places = new Map<string, number>();
  #judged = 0;
  #unmatched = 0;
  #withoutEnd = 0;
  #moved = 0;

  constructor(scenario: Scenario, span: JudgedSpan) {
    this.#scenario = scenario;
    this.#span = span;
    this.#match = createStreamMatcher(scenario.streams);
    this.#agents = new AgentTimes(scenario.fitted?.timezone ?? 'UTC');
    this.#histories = new ContactHistories(false, (history) => this.#addHistory(history));
  }

  /** Adds an input; they come nearly in order of time. */
  add(recorded: RecordedInput): void {
    if (recorded.kind === 'event') this.#histories.add(recorded);
  }

  /** Call it after the last input. */
  end(): HeldOut {
    this.#histories.end();
    const agents = this.#agents.end();
    return {
      streams: [...this.#streams.values()].map(({ stream, contacts, count, totalSeconds }) => ({
        stream,
        contacts: contacts.toSorted((a, b) => a.at - b.at),
        handling: { count, meanSeconds: count === 0 ? 0 : totalSeconds / count },
      })),
      judged: this.#judged,
      unmatched: {
        contacts: this.#unmatched,
        places: [...this.#places].sort(([, a], [, b]) => b - a).map(([place]) => place),
      },
      withoutEnd: this.#withoutEnd,
      moved: this.#moved,
      agentHours: agents.reduce((sum, { atWork }) => sum + atWork.reduce((a, b) => a + b, 0), 0) / 2,
    };
  }

  #addHistory(history: ContactHistory): void {
    const { contactId, channel, tags, visits, initiatedAt = 0, connectedAt, disconnectedAt } = history;
    const [visit] = visits;
    if (!visit) return;
    const { queueId, enqueuedAt } = visit;
    const at = Math.max(enqueuedAt, initiatedAt);
    const { from, to } = this.#span;
    if (at < from - MARGIN_MS || at >= to + MARGIN_MS) return;
    const isInSpan = at >= from && at < to;
    const found = this.#streamOf(history, queueId);
    if (!found) {
      if (isInSpan) this.#addUnmatched(`${queueId} (${channel})`);
      return;
    }
    const endedAt = connectedAt ?? disconnectedAt;
    const isKnown = endedAt !== undefined && endedAt >= at;
    found.open.contacts.push({
      at,
      ...(enqueuedAt < at && { enqueuedAt }),
      tags,
      ...(isKnown && { wait: { seconds: (endedAt - at) / 1_000, isAnswered: connectedAt !== undefined } }),
      isJudged: isInSpan && isKnown,
    });
    if (connectedAt !== undefined) this.#answered.set(contactId, { stream: found.stream, queueId });
    if (!isInSpan) return;
    if (isKnown) this.#judged += 1;
    else this.#withoutEnd += 1;
    if (visits.length > 1) this.#moved += 1;
    this.#addWork(history, found.open);
  }

  #addWork(history: ContactHistory, open: OpenStream): void {
    const { agentId, channel, visits, connectedAt, disconnectedAt, completedAt } = history;
    const last = visits.at(-1);
    if (connectedAt === undefined || disconnectedAt === undefined || disconnectedAt < connectedAt) return;
    open.count += 1;
    open.totalSeconds += (disconnectedAt - connectedAt) / 1_000;
    if (agentId === undefined || !last) return;
    this.#agents.add({
      ...last,
      agentId,
      channel,
      connectedAt,
      disconnectedAt,
      ...(completedAt !== undefined && { completedAt }),
    });
  }

  #addUnmatched(place: string): void {
    this.#unmatched += 1;
    this.#places.set(place, (this.#places.get(place) ?? 0) + 1);
  }

  /** The stream of the contact; of one that was transferred, the stream that it comes from with the second queue. */
  #streamOf(history: ContactHistory, queueId: string) {
    const { channel, tags, previousContactId } = history;
    const from = previousContactId === undefined ? undefined : this.#answered.get(previousContactId);
    const isTransferred = from !== undefined && from.queueId !== queueId;
    const stream = isTransferred ? from.stream : this.#match({ queueId, channel, tags });
    if (!stream || !this.#scenario.queues.some(({ id }) => id === queueId)) return undefined;
    const name = isTransferred ? `${stream.name} to ${queueId}` : stream.name;
    const open = this.#streams.get(name) ?? {
      stream: isTransferred ? transferredStream(stream, queueId, name) : firstStream(stream),
      contacts: [],
      count: 0,
      totalSeconds: 0,
    };
    this.#streams.set(name, open);
    return { stream, open };
  }
}

/** The contacts of the recording already are all that follows from one. */
function firstStream(stream: ScenarioStream): Omit<ScenarioStream, 'arrivals'> {
  const { arrivals: _arrivals, redial: _redial, transfers: _transfers, ...rest } = stream;
  return rest;
}

function transferredStream(
  stream: ScenarioStream,
  queueId: string,
  name: string,
): Omit<ScenarioStream, 'arrivals'> {
  const { contact, handling, ...rest } = firstStream(stream);
  const transfer = stream.transfers?.find((one) => one.queueId === queueId);
  const { routing: _routing, ...same } = contact;
  return {
    ...rest,
    name,
    contact: {
      ...same,
      queueId,
      initiationMethod: transfer?.by === 'flow' ? 'DISCONNECT' : 'TRANSFER',
      ...(transfer?.routing && { routing: transfer.routing }),
    },
    handling: transfer?.handling ?? handling,
  };
}
