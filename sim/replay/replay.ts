import type { Configuration } from '../../lambda/flow/ports.ts';
import { isoTime } from '../centre/iso-time.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { caveatsOf } from './caveats.ts';
import { QueueTracker } from './queue-tracker.ts';
import { parseMessages, type RecordedInput } from './recording-entry.ts';
import type { RecordingScan } from './recording-scan.ts';
import { ReplayRecorder } from './replay-recorder.ts';
import { ReplayedSystem } from './replayed-system.ts';
import type { ReplayResult } from './result.ts';

/** A policy set, by a name that is told. */
export interface NamedConfiguration {
  readonly name: string;
  readonly configuration: Configuration;
}

export interface ReplayOptions {
  /** In order of time; only what the survey counted. */
  readonly recorded: AsyncIterable<RecordedInput>;
  readonly scan: RecordingScan;
  readonly files: readonly string[];
  readonly sets: readonly NamedConfiguration[];
  /** Where the system runs: under Global Resiliency only the contact's active Region acts. */
  readonly region: string;
  /** The tag that tells tiers apart; undefined: the policies do. */
  readonly tierTag?: string;
  /** Told of each thing that was taken. */
  readonly onProgress?: (taken: number, at: number) => void;
}

/**
 * Lets the real flow live through what was recorded, under several policy sets side by side. The contacts wait as they
 * did: what comes out is what would have been changed, and not how long anybody would have waited.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { recorded, scan: survey, sets, region, tierTag, onProgress: onTaken } = options;
  const instances = survey.part.instanceId === undefined ? survey.instances : [survey.part.instanceId];
  const time = new VirtualTime(survey.startsAt);
  const waits = new QueueTracker(tierTag ?? '', time, (key) => {
    for (const system of systems) system.forget(key);
  });
  const systems = sets.map(({ configuration }) => {
    const recorder = new ReplayRecorder(configuration, time, waits, tierTag !== undefined);
    return new ReplayedSystem({ time, queueTracker: waits, recorder, configuration, region, instances });
  });
  const copies = new DuplicateFilter();
  let taken = 0;
  for await (const one of recorded) {
    await time.run(one.at);
    taken += 1;
    onTaken?.(taken, one.at);
    if (copies.isDuplicate(one)) continue;
    if (one.kind === 'event') {
      const ended = waits.addEvent(one.facts);
      for (const { recorder } of systems) if (ended) recorder.onLeave(ended);
      for (const system of systems) await system.handleEvent(one.facts);
      continue;
    }
    const told = parseMessages(one, instances);
    if (typeof told === 'string') survey.addProblem(`the message of ${isoTime(one.at)}`, told);
    else for (const system of systems) for (const message of told) await system.ruleMessage(message);
  }
  await time.run(survey.endsAt);
  const durationMs = survey.endsAt - survey.startsAt;
  const recording = {
    files: options.files,
    entries: survey.entries,
    events: survey.events,
    messages: survey.messages,
    duplicates: copies.count,
    ignored: survey.ignored,
    excluded: survey.excluded,
    problems: survey.problems,
    problemExamples: survey.problemExamples,
    startsAt: isoTime(survey.startsAt),
    endsAt: isoTime(survey.endsAt),
    instances,
    ...(survey.region === undefined ? {} : { region: survey.region }),
    contacts: waits.seen,
    queued: waits.queued,
    stillWaiting: waits.size,
    unobservedWaits: waits.unobservedWaits,
    lateEnds: waits.lateEnds,
    ...(tierTag === undefined ? {} : { tierTag }),
  };
  return {
    version: 1,
    recording,
    sets: systems.map(({ recorder }, index) => recorder.result(sets[index]?.name ?? '', durationMs)),
    caveats: caveatsOf(
      recording,
      systems.map(({ recorder }, index) => ({ ...(sets[index] as NamedConfiguration), recorder })),
    ),
  };
}

/** Copies of one thing are of one moment, so only those of the present one need be known. */
class DuplicateFilter {
  count = 0;
  #at = Number.NaN;
  readonly #known = new Set<string>();

  isDuplicate({ at, identity }: RecordedInput): boolean {
    if (at !== this.#at) this.#known.clear();
    this.#at = at;
    const isCopy = this.#known.has(identity);
    if (isCopy) this.count += 1;
    this.#known.add(identity);
    return isCopy;
  }
}
