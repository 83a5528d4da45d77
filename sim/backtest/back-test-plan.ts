import type { Scenario, ScenarioStream } from '../scenario/scenario.ts';
import type { WaitEnd } from '../simulation/wait-counts.ts';
import type { ListedArrival } from '../workload/index.ts';
import { type Cell, cellsOf } from './cells.ts';
import { clockAt, type DayClock, localIso } from './day-clock.ts';
import { type Figures, WaitSample } from './figures.ts';
import type { HeldOut, HeldOutContact, HeldOutStream } from './held-out.ts';

export const SLOT_MS = 1_800_000;
const HOUR_MS = 3_600_000;

/** What a contact counts for: in no scope, in its tier and all tiers, or in a cell besides. */
const NOT_JUDGED = -2;
const IN_NO_CELL = -1;

/**
 * The sets of contacts that figures are made of: all, those of each tier, those of each cell, in this order. Plain data,
 * so that another thread can simulate.
 */
export interface Scopes {
  readonly serviceLevelSeconds: number;
  /** The index of the tier of each stream, by its name. */
  readonly tierOf: ReadonlyMap<string, number>;
  readonly tiers: number;
  readonly cells: number;
  /** By stream, for each of its contacts in order: the index of its cell, -1 for none of them, or -2 for a contact that is not judged. */
  readonly cellOf: ReadonlyMap<string, Int32Array>;
}

/** A back-test before it is simulated. */
export interface BackTestPlan {
  /** The centre with the recorded arrivals. */
  readonly scenario: Scenario;
  readonly clock: DayClock;
  readonly tiers: readonly string[];
  readonly cells: readonly Cell[];
  /** Contacts in half hours that have too few of their tier. */
  readonly leftOut: number;
  readonly scopes: Scopes;
  /** By scope: contacts and figures of the recording. */
  readonly observed: readonly { readonly contacts: number; readonly figures: Figures }[];
}

/** Divides the held-out contacts into cells, and makes the scenario in which they arrive again. */
export function planBackTest(scenario: Scenario, { streams }: HeldOut): BackTestPlan {
  const times = streams.flatMap(({ contacts }) => contacts.map(({ at }) => at));
  const [first, last] = times.reduce(
    ([low, high], at) => [Math.min(low, at), Math.max(high, at)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const clock = clockAt(scenario, first);
  const slotOf = (at: number) => Math.floor((at - clock.dayBeganAt) / SLOT_MS);
  const tiers = scenario.tiers.filter((tier) => streams.some(({ stream }) => stream.tier === tier));
  const divided = tiers.map((tier) => cellsOf(tier, countsOf(tier, streams, slotOf)));
  const cells = divided.flatMap((one) => one.cells);
  const cellIndex = createCellIndex(cells);
  const cellOf = new Map(
    streams.map(({ stream: { name, tier }, contacts }) => [
      name,
      Int32Array.from(contacts, ({ at, isJudged }) => (isJudged ? cellIndex(tier, slotOf(at)) : NOT_JUDGED)),
    ]),
  );
  const scopes = {
    serviceLevelSeconds: scenario.serviceLevelSeconds,
    tierOf: new Map(streams.map(({ stream: { name, tier } }) => [name, tiers.indexOf(tier)])),
    tiers: tiers.length,
    cells: cells.length,
    cellOf,
  };
  const startsAt = clock.dayBeganAt + slotOf(first) * SLOT_MS;
  const endsAt = clock.dayBeganAt + (slotOf(last) + 1) * SLOT_MS;
  return {
    scenario: withArrivals(scenario, streams, clock, startsAt, endsAt),
    clock,
    tiers,
    cells,
    leftOut: divided.reduce((sum, one) => sum + one.leftOut, 0),
    scopes,
    observed: observedIn(scopes, streams),
  };
}

/** Samples of all scopes, in their order. */
export class ScopeSamples {
  readonly #scopes: Scopes;
  readonly samples: readonly WaitSample[];

  constructor(scopes: Scopes) {
    const { tiers, cells, serviceLevelSeconds } = scopes;
    this.#scopes = scopes;
    this.samples = Array.from({ length: 1 + tiers + cells }, () => new WaitSample(serviceLevelSeconds));
  }

  /** @param index - that of the contact in its stream. */
  add(stream: string, index: number, waitEnd: WaitEnd, seconds: number): void {
    const { tierOf, tiers, cellOf } = this.#scopes;
    const cell = cellOf.get(stream)?.[index] ?? NOT_JUDGED;
    if (cell === NOT_JUDGED) return;
    const numbers = [0, 1 + (tierOf.get(stream) ?? 0), ...(cell === IN_NO_CELL ? [] : [1 + tiers + cell])];
    for (const number of numbers) this.samples[number]?.add(waitEnd, seconds);
  }
}

function countsOf(
  tier: string,
  streams: readonly HeldOutStream[],
  slotOf: (at: number) => number,
): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { stream, contacts } of streams) {
    if (stream.tier !== tier) continue;
    for (const { at, isJudged } of contacts) {
      if (isJudged) counts.set(slotOf(at), (counts.get(slotOf(at)) ?? 0) + 1);
    }
  }
  return counts;
}

/** Makes a function that finds the index of the cell of a tier and a half hour. */
function createCellIndex(cells: readonly Cell[]): (tier: string, slot: number) => number {
  const indexes = new Map<string, number>();
  for (const [index, { tier, fromSlot, toSlot }] of cells.entries()) {
    for (let slot = fromSlot; slot < toSlot; slot += 1) indexes.set(`${slot} ${tier}`, index);
  }
  return (tier, slot) => indexes.get(`${slot} ${tier}`) ?? IN_NO_CELL;
}

function observedIn(scopes: Scopes, streams: readonly HeldOutStream[]): BackTestPlan['observed'] {
  const { samples } = fillObserved(new ScopeSamples(scopes), streams);
  return samples.map((sample) => ({ contacts: sample.contacts, figures: sample.figures() }));
}

function fillObserved(samples: ScopeSamples, streams: readonly HeldOutStream[]): ScopeSamples {
  for (const { stream, contacts } of streams) {
    for (const [index, { wait }] of contacts.entries()) {
      if (wait) samples.add(stream.name, index, wait.isAnswered ? 'answered' : 'abandoned', wait.seconds);
    }
  }
  return samples;
}

/** The scenario with the recorded contacts, and without what would make more of them. */
function withArrivals(
  scenario: Scenario,
  streams: readonly HeldOutStream[],
  clock: DayClock,
  startsAt: number,
  endsAt: number,
): Scenario {
  const { acts: _acts, ...rest } = scenario;
  return {
    ...rest,
    startsAt,
    startsAtLocal: localIso(clock, startsAt),
    dayBeganAt: clock.dayBeganAt,
    weekday: clock.weekday,
    hours: (endsAt - startsAt) / HOUR_MS,
    dayVariation: 0,
    streams: streams.map(
      ({ stream, contacts }): ScenarioStream => ({ ...stream, arrivals: contacts.map(arrivalOf) }),
    ),
  };
}

function arrivalOf({ at, enqueuedAt, tags }: HeldOutContact): ListedArrival {
  return { at, tags, ...(enqueuedAt !== undefined && { enqueuedAt }) };
}
