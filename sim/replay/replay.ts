import type { Configuration } from '../../lambda/flow/ports.ts';
import { iso } from '../centre/iso.ts';
import { VirtualTime } from '../virtual/virtual-time.ts';
import { Ledger } from './ledger.ts';
import { notesOf } from './notes.ts';
import { messagesOf, type Recorded } from './recorded.ts';
import type { ReplayResult } from './result.ts';
import type { Survey } from './survey.ts';
import { ReplayedSystem } from './system.ts';
import { Waits } from './waits.ts';

/** A policy set, by a name that is told. */
export interface NamedSet {
  readonly name: string;
  readonly configuration: Configuration;
}

export interface ReplayOptions {
  /** In order of time; only what the survey counted. */
  readonly recorded: AsyncIterable<Recorded>;
  readonly survey: Survey;
  readonly files: readonly string[];
  readonly sets: readonly NamedSet[];
  /** Where the system runs: under Global Resiliency only the contact's active Region acts. */
  readonly region: string;
  /** The tag that tells tiers apart; undefined: the policies do. */
  readonly tierTag?: string;
  /** Told of each thing that was taken. */
  readonly onTaken?: (taken: number, at: number) => void;
}

/**
 * Lets the real flow live through what was recorded, under several policy sets side by side. The contacts wait as they
 * did: what comes out is what would have been changed, and not how long anybody would have waited.
 */
export async function replay(options: ReplayOptions): Promise<ReplayResult> {
  const { recorded, survey, sets, region, tierTag, onTaken } = options;
  const instances = survey.part.instanceId === undefined ? survey.instances : [survey.part.instanceId];
  const time = new VirtualTime(survey.startsAt);
  const waits = new Waits(tierTag ?? '', time, (key) => {
    for (const system of systems) system.forget(key);
  });
  const systems = sets.map(({ configuration }) => {
    const ledger = new Ledger(configuration, time, waits, tierTag !== undefined);
    return new ReplayedSystem({ time, waits, ledger, configuration, region, instances });
  });
  const copies = new Copies();
  let taken = 0;
  for await (const one of recorded) {
    await time.run(one.at);
    taken += 1;
    onTaken?.(taken, one.at);
    if (copies.has(one)) continue;
    if (one.kind === 'event') {
      const ended = waits.take(one.facts);
      for (const { ledger } of systems) if (ended) ledger.left(ended);
      for (const system of systems) await system.event(one.facts);
      continue;
    }
    const told = messagesOf(one, instances);
    if (typeof told === 'string') survey.problem(`the message of ${iso(one.at)}`, told);
    else for (const system of systems) for (const message of told) await system.message(message);
  }
  await time.run(survey.endsAt);
  const durationMs = survey.endsAt - survey.startsAt;
  const recording = {
    files: options.files,
    entries: survey.entries,
    events: survey.events,
    messages: survey.messages,
    doubled: copies.count,
    notTold: survey.notTold,
    leftOut: survey.leftOut,
    problems: survey.problems,
    problemExamples: survey.examples,
    startsAt: iso(survey.startsAt),
    endsAt: iso(survey.endsAt),
    instances,
    ...(survey.region === undefined ? {} : { region: survey.region }),
    contacts: waits.seen,
    queued: waits.queued,
    stillWaiting: waits.size,
    unseenWaits: waits.unseenWaits,
    toldLate: waits.toldLate,
    ...(tierTag === undefined ? {} : { tierTag }),
  };
  return {
    version: 1,
    recording,
    sets: systems.map(({ ledger }, index) => ledger.result(sets[index]?.name ?? '', durationMs)),
    notes: notesOf(
      recording,
      systems.map(({ ledger }, index) => ({ ...(sets[index] as NamedSet), ledger })),
    ),
  };
}

/** Copies of one thing are of one moment, so only those of the present one need be known. */
class Copies {
  count = 0;
  #at = Number.NaN;
  readonly #known = new Set<string>();

  has({ at, identity }: Recorded): boolean {
    if (at !== this.#at) this.#known.clear();
    this.#at = at;
    const isCopy = this.#known.has(identity);
    if (isCopy) this.count += 1;
    this.#known.add(identity);
    return isCopy;
  }
}
