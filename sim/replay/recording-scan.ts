import { latestVisit } from '../../lambda/domain/contact/facts.ts';
import type { ParsedEntry, RecordedInput } from './recording-entry.ts';
import { Disorder } from './sort-by-time.ts';

/** The part of a recording to replay. */
export interface RecordingPart {
  /** Milliseconds since the epoch, included. */
  readonly from?: number;
  /** Milliseconds since the epoch, not included. */
  readonly to?: number;
  /** The id of the only instance to replay. Default: all instances of the recording. */
  readonly instanceId?: string;
}

/** Entries that could not be read for the same reason: the first one, and how many they are. */
export interface RecordingProblem {
  /** The position of the first one, such as `events.jsonl:12`. */
  readonly where: string;
  /** The message about the first one. */
  readonly message: string;
  readonly count: number;
}

/** The maximum number of reasons to keep an example of. */
const MAX_REASONS = 20;

/** Statistics of a recording, from a first pass before the replay. */
export class RecordingScan {
  readonly part: RecordingPart;
  entries = 0;
  events = 0;
  messages = 0;
  /** Contact events of type QUEUED, and those of them that name no queue. */
  queuedEvents = 0;
  withoutQueue = 0;
  /** Contact events of types that the system does not receive. */
  ignored = 0;
  /** Entries outside the part that is replayed. */
  excluded = 0;
  /** Their times, in milliseconds since the epoch, and the ids of their instances. */
  excludedFrom = Number.POSITIVE_INFINITY;
  excludedTo = Number.NEGATIVE_INFINITY;
  readonly excludedInstances = new Set<string>();
  problems = 0;
  startsAt = Number.POSITIVE_INFINITY;
  endsAt = Number.NEGATIVE_INFINITY;
  /** The names of all tags. */
  readonly tagNames = new Set<string>();
  readonly #instances = new Map<string, number>();
  readonly #regions = new Map<string, number>();
  readonly #disorders: Disorder[] = [];
  readonly #startsAt: number[] = [];
  /** By reason. */
  readonly #problems = new Map<string, RecordingProblem>();

  constructor(part: RecordingPart) {
    this.part = part;
  }

  /** @param source - the index of the file; disorder is measured per file. */
  add(entry: ParsedEntry, where: string, source: number): void {
    this.entries += 1;
    if (entry.kind === 'problem') this.addProblem(where, entry.message);
    else if (entry.kind === 'ignored') this.ignored += 1;
    else if (isInPart(entry.recorded, this.part)) this.#addInput(entry.recorded, source);
    else this.#exclude(entry.recorded);
  }

  #exclude(recorded: RecordedInput): void {
    this.excluded += 1;
    this.excludedFrom = Math.min(this.excludedFrom, recorded.at);
    this.excludedTo = Math.max(this.excludedTo, recorded.at);
    const instanceId = instanceOf(recorded);
    if (instanceId !== undefined) this.excludedInstances.add(instanceId);
  }

  #addInput(recorded: RecordedInput, source: number): void {
    this.startsAt = Math.min(this.startsAt, recorded.at);
    this.endsAt = Math.max(this.endsAt, recorded.at);
    this.#disorders[source] ??= new Disorder();
    this.#disorders[source].add(recorded);
    this.#startsAt[source] = Math.min(recorded.at, this.#startsAt[source] ?? Number.POSITIVE_INFINITY);
    if (recorded.kind === 'message') {
      this.messages += 1;
      return;
    }
    this.events += 1;
    if (recorded.eventType === 'QUEUED') {
      this.queuedEvents += 1;
      if (latestVisit(recorded.facts) === undefined) this.withoutQueue += 1;
    }
    count(this.#instances, recorded.facts.instanceId);
    if (recorded.region !== undefined) count(this.#regions, recorded.region);
    for (const name of Object.keys(recorded.facts.tags?.value ?? {})) this.tagNames.add(name);
  }

  addProblem(where: string, message: string): void {
    this.problems += 1;
    const reason = message.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""').replaceAll(/\d+/g, '0');
    const known = this.#problems.get(reason);
    if (known) this.#problems.set(reason, { ...known, count: known.count + 1 });
    else if (this.#problems.size < MAX_REASONS) this.#problems.set(reason, { where, message, count: 1 });
  }

  /** An example of each reason for which entries could not be read, the first found first. */
  get problemExamples(): readonly RecordingProblem[] {
    return [...this.#problems.values()];
  }

  /** The ids of the instances in the recording, sorted. */
  get instances(): string[] {
    return [...this.#instances.keys()].sort();
  }

  /** The most frequent Region; undefined when no event has one. */
  get region(): string | undefined {
    const [most] = [...this.#regions].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return most?.[0];
  }

  /** When the first input of a source happened; undefined when none is in the part that is replayed. */
  startOf(source: number): number | undefined {
    return this.#startsAt[source];
  }

  disorderMs(source: number): number {
    return this.#disorders[source]?.ms ?? 0;
  }
}

/** True when an input is in the part that is replayed. */
export function isInPart(recorded: RecordedInput, { from, to, instanceId }: RecordingPart): boolean {
  if (recorded.at < (from ?? Number.NEGATIVE_INFINITY) || recorded.at >= (to ?? Number.POSITIVE_INFINITY))
    return false;
  if (instanceId === undefined) return true;
  const inputInstanceId = instanceOf(recorded);
  return inputInstanceId === undefined || inputInstanceId === instanceId;
}

function instanceOf(recorded: RecordedInput): string | undefined {
  return recorded.kind === 'event' ? recorded.facts.instanceId : recorded.instanceId;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
