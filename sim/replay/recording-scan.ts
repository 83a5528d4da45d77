import type { ParsedEntry, RecordedInput } from './recording-entry.ts';
import { Disorder } from './sort-by-time.ts';

/** Which part of a recording is replayed. */
export interface RecordingPart {
  /** Milliseconds since the epoch, included. */
  readonly from?: number;
  /** Milliseconds since the epoch, not included. */
  readonly to?: number;
  /** Id of the one instance whose contacts are taken. Default: all that occur. */
  readonly instanceId?: string;
}

/** An entry that could not be used, and where it stands, such as `events.jsonl:12`. */
export interface RecordingProblem {
  readonly where: string;
  readonly message: string;
}

/** So many problems are kept as examples. */
const MAX_EXAMPLES = 20;

/** What a recording has, found by going through it once, before it is replayed. */
export class RecordingScan {
  readonly part: RecordingPart;
  entries = 0;
  events = 0;
  messages = 0;
  /** Contact events of types that the system is not told of. */
  ignored = 0;
  /** Outside of the part that is replayed. */
  excluded = 0;
  problems = 0;
  readonly problemExamples: RecordingProblem[] = [];
  startsAt = Number.POSITIVE_INFINITY;
  endsAt = Number.NEGATIVE_INFINITY;
  /** How often each name of a tag occurs. */
  readonly tagNames = new Set<string>();
  readonly #instances = new Map<string, number>();
  readonly #regions = new Map<string, number>();
  readonly #disorders: Disorder[] = [];

  constructor(part: RecordingPart) {
    this.part = part;
  }

  /** @param source - index of the file: the order within each is measured. */
  add(reading: ParsedEntry, where: string, source: number): void {
    this.entries += 1;
    if (reading.kind === 'problem') this.addProblem(where, reading.message);
    else if (reading.kind === 'ignored') this.ignored += 1;
    else if (isInPart(reading.recorded, this.part)) this.#addInput(reading.recorded, source);
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

  /** Ids of the instances that occur, in order. */
  get instances(): string[] {
    return [...this.#instances.keys()].sort();
  }

  /** The Region that most events are from; undefined where none says so. */
  get region(): string | undefined {
    const [most] = [...this.#regions].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return most?.[0];
  }

  disorderMs(source: number): number {
    return this.#disorders[source]?.ms ?? 0;
  }
}

/** Whether something recorded is in the part that is replayed. */
export function isInPart(recorded: RecordedInput, { from, to, instanceId }: RecordingPart): boolean {
  if (recorded.at < (from ?? Number.NEGATIVE_INFINITY) || recorded.at >= (to ?? Number.POSITIVE_INFINITY))
    return false;
  if (instanceId === undefined) return true;
  const told = recorded.kind === 'event' ? recorded.facts.instanceId : recorded.instanceId;
  return told === undefined || told === instanceId;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
