import { defined } from '../../lambda/domain/json.ts';
import { isoTime } from '../centre/iso-time.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { caveatsOf } from './caveats.ts';
import type { NamedConfiguration } from './named-configuration.ts';
import { QueueTracker } from './queue-tracker.ts';
import { parseMessages, type RecordedInput } from './recording-entry.ts';
import type { RecordingScan } from './recording-scan.ts';
import { type ListedRows, ReplayRecorder } from './replay-recorder.ts';
import { ReplayedSystem } from './replayed-system.ts';
import type { ReplayResult } from './result.ts';

export interface ReplayOptions {
  /** In order of time, limited to the part of the scan. */
  readonly recorded: AsyncIterable<RecordedInput>;
  readonly scan: RecordingScan;
  readonly files: readonly string[];
  readonly sets: readonly NamedConfiguration[];
  /** The Region of the system: with Global Resiliency, only the active Region of a contact acts. */
  readonly region: string;
  /** The tag that names the tier of a contact; default: the governing policy is the tier. */
  readonly tierTag?: string;
  /** The rows that the result of each set lists; default: all. */
  readonly listed?: ListedRows;
  /** Called after each input with the number of inputs and the time. */
  readonly onProgress?: (inputCount: number, at: number) => void;
}

/**
 * Replays a recording with the real flow, under several policy sets in parallel. Contacts wait as long as
 * they did: the result shows the changes that would have been made, not other waits.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { recorded, scan, sets, region, tierTag, listed, onProgress } = options;
  const instances = scan.part.instanceId === undefined ? scan.instances : [scan.part.instanceId];
  const time = new VirtualTime(scan.startsAt);
  const testContacts = sets.some(({ configuration }) => configuration.settings.testContacts);
  const queueTracker = new QueueTracker(tierTag ?? '', testContacts, time, (key) => {
    for (const system of systems) system.forget(key);
  });
  const systems = sets.map(({ configuration }) => {
    const recorder = new ReplayRecorder(configuration, time, queueTracker, tierTag !== undefined, listed);
    return new ReplayedSystem({ time, queueTracker, recorder, configuration, region, instances });
  });
  const duplicates = new DuplicateFilter();
  const leftOut = { test: 0, replay: 0 };
  let inputCount = 0;
  for await (const input of recorded) {
    await time.run(input.at);
    inputCount += 1;
    onProgress?.(inputCount, input.at);
    if (duplicates.isDuplicate(input)) continue;
    if (input.kind === 'event') {
      const { origin } = input;
      if (origin === 'replay' || (origin === 'test' && !testContacts)) leftOut[origin] += 1;
      if (origin === 'replay') continue;
      const ended = queueTracker.addEvent(input.facts);
      const current = queueTracker.currentVisit(input.facts);
      for (const system of systems) {
        if (ended) system.onLeave(ended);
        if (current) system.recorder.onWait(current);
      }
      for (const system of systems) await system.handleEvent(input);
      continue;
    }
    const messages = parseMessages(input, instances);
    if (typeof messages === 'string') scan.addProblem(`the message of ${isoTime(input.at)}`, messages);
    else {
      if (messages.some(({ type }) => type === 'replayed-rule-event')) leftOut.replay += 1;
      for (const system of systems) for (const message of messages) await system.handleMessage(message);
    }
  }
  await time.run(scan.endsAt);
  for (const system of systems) system.onEnd();
  const durationMs = scan.endsAt - scan.startsAt;
  const recording = {
    files: options.files,
    entries: scan.entries,
    events: scan.events,
    messages: scan.messages,
    duplicates: duplicates.count,
    ignored: scan.ignored,
    excluded: scan.excluded,
    problems: scan.problems,
    problemExamples: scan.problemExamples,
    startsAt: isoTime(scan.startsAt),
    endsAt: isoTime(scan.endsAt),
    instances,
    ...defined({ region: scan.region }),
    queuedEvents: scan.queuedEvents,
    ...defined({ withoutQueue: scan.withoutQueue === 0 ? undefined : scan.withoutQueue }),
    contacts: queueTracker.seen,
    queued: queueTracker.queued,
    stillWaiting: queueTracker.size,
    unobservedWaits: queueTracker.unobservedWaits,
    lateEnds: queueTracker.lateEnds,
    ...defined({
      testEvents: leftOut.test === 0 ? undefined : leftOut.test,
      replayedEvents: leftOut.replay === 0 ? undefined : leftOut.replay,
    }),
    ...defined({ tierTag }),
  };
  return {
    version: 2,
    recording,
    sets: systems.map(({ recorder }, index) =>
      recorder.result(sets[index]?.name ?? '', durationMs, recording.queued),
    ),
    caveats: caveatsOf(
      recording,
      systems.map(({ recorder }, index) => ({ ...(sets[index] as NamedConfiguration), recorder })),
      queueTracker.queueIds,
    ),
  };
}

/** Copies have the same time, so the filter only keeps the identities of the current time. */
class DuplicateFilter {
  count = 0;
  #at = Number.NaN;
  readonly #identities = new Set<string>();

  isDuplicate({ at, identity }: RecordedInput): boolean {
    if (at !== this.#at) this.#identities.clear();
    this.#at = at;
    const isDuplicate = this.#identities.has(identity);
    if (isDuplicate) this.count += 1;
    this.#identities.add(identity);
    return isDuplicate;
  }
}
