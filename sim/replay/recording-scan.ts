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

/** An entry that could not be read, and its position, such as `events.jsonl:12`. */
export interface RecordingProblem {
  readonly where: string;
  readonly message: string;
}

/** The maximum number of problems to keep as examples. */
const MAX_EXAMPLES = 20;

/** Statistics of a recording, from a first pass before the replay. */
export class RecordingScan {
  readonly part: RecordingPart;
  entries = 0;
  events = 0;
  messages = 0;
  /** Contact events of types that the system does not receive. */
  ignored = 0;
  /** Entries outside the part that is replayed. */
  excluded = 0;
  problems = 0;
  readonly problemExamples: RecordingProblem[] = [];
  startsAt = Number.POSITIVE_INFINITY;
  endsAt = Number.NEGATIVE_INFINITY;
  /** The names of all tags. */
  readonly tagNames = new Set<string>();
  readonly #instances = new Map<string, number>();
  readonly #regions = new Map<string, number>();
  readonly #disorders: Disorder[] = [];

  constructor(part: RecordingPart) {
    this.part = part;
  }

  /** @param source - the index of the file; disorder is measured per file. */
  add(entry: ParsedEntry, where: string, source: number): void {
    this.entries += 1;
    if (entry.kind === 'problem') this.addProblem(where, entry.message);
    else if (entry.kind === 'ignored') this.ignored += 1;
    else if (isInPart(entry.recorded, this.part)) this.#addInput(entry.recorded, source);
    else this.excluded += 1;
  }

  #addInput(recorded: RecordedInput, source: number): void {
    this.startsAt = Math.min(this.startsAt, recorded.at);
    this.endsAt = Math.max(this.endsAt, recorded.at);
    this.#disorders[source] ??= new Disorder();
    this.#disorders[source].add(recorded);
    if (recorded.kind === 'message') {
      this.messages += 1;
      return;
    }
    this.events += 1;
    count(this.#instances, recorded.facts.instanceId);
    if (recorded.region !== undefined) count(this.#regions, recorded.region);
    for (const name of Object.keys(recorded.facts.tags?.value ?? {})) this.tagNames.add(name);
  }

  addProblem(where: string, message: string): void {
    this.problems += 1;
    if (this.problemExamples.length < MAX_EXAMPLES) this.problemExamples.push({ where, message });
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

  disorderMs(source: number): number {
    return this.#disorders[source]?.ms ?? 0;
  }
}

/** True when an input is in the part that is replayed. */
export function isInPart(recorded: RecordedInput, { from, to, instanceId }: RecordingPart): boolean {
  if (recorded.at < (from ?? Number.NEGATIVE_INFINITY) || recorded.at >= (to ?? Number.POSITIVE_INFINITY))
    return false;
  if (instanceId === undefined) return true;
  const inputInstanceId = recorded.kind === 'event' ? recorded.facts.instanceId : recorded.instanceId;
  return inputInstanceId === undefined || inputInstanceId === instanceId;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
