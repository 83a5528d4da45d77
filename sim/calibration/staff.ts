import type { SeenAgent } from './agent-times.ts';
import { type Coverage, meanInSlot } from './coverage.ts';
import { DAY_SLOTS, WEEK_SLOTS } from './week.ts';

/** Agents who serve the same queues and channels. */
export interface Profile {
  readonly queues: readonly string[];
  readonly channels: readonly string[];
  readonly concurrency: ReadonlyMap<string, number>;
  readonly agents: number;
  /** Whether a roster says who is at work, instead of the contacts that agents had. */
  readonly isFromRoster?: boolean;
  /** How many of them are at work on average, by half hour of the week; undefined where the recording has too little. */
  readonly atWork: readonly (number | undefined)[];
}

/** Agents with the same hours on the same days. */
export interface Shift {
  readonly count: number;
  /** 0 is Monday. */
  readonly days: readonly number[];
  /** Half hours of the day, the end not included. */
  readonly hours: readonly (readonly [from: number, to: number])[];
}

/** Fewer contacts do not show all queues of an agent, who is taken for one of a profile with more. */
const FEW_CONTACTS = 30;

/** The first of profiles that has exactly these queues. @param queues - sorted. */
export function profileWithQueues(
  profiles: readonly Profile[],
  queues: readonly string[],
): Profile | undefined {
  return profiles.find((profile) => profile.queues.join(' ') === queues.join(' '));
}

/** The profiles of agents, by the queues and channels that each one served, the largest first. */
export function profilesOf(agents: readonly SeenAgent[], coverage: Coverage): Profile[] {
  const groups = new Map<string, SeenAgent[]>();
  const add = (name: string, agent: SeenAgent) => groups.set(name, [...(groups.get(name) ?? []), agent]);
  for (const agent of agents) if (agent.contacts >= FEW_CONTACTS) add(profileName(agent), agent);
  const known = [...groups.values()].sort((a, b) => b.length - a.length);
  for (const agent of agents) {
    if (agent.contacts >= FEW_CONTACTS) continue;
    const [like] = known.find(([one]) => one && serves(one, agent)) ?? [];
    add(profileName(like ?? agent), agent);
  }
  return [...groups.values()]
    .sort((a, b) => b.length - a.length)
    .map((members) => ({
      queues: members[0]?.queues ?? [],
      channels: members[0]?.channels ?? [],
      concurrency: mostOfEach(members),
      agents: members.length,
      atWork: Array.from({ length: WEEK_SLOTS }, (_, slot) => {
        const total = members.reduce((sum, { atWork }) => sum + (atWork[slot] ?? 0), 0);
        return meanInSlot(coverage, slot, total);
      }),
    }));
}

function profileName({ queues, channels }: SeenAgent): string {
  return JSON.stringify([queues, channels]);
}

function serves(one: SeenAgent, other: SeenAgent): boolean {
  return (
    other.queues.every((queue) => one.queues.includes(queue)) &&
    other.channels.every((channel) => one.channels.includes(channel))
  );
}

/** The concurrency that most of the agents reached, by channel. */
function mostOfEach(agents: readonly SeenAgent[]): Map<string, number> {
  const channels = [...new Set(agents.flatMap(({ concurrency }) => [...concurrency.keys()]))].sort();
  return new Map(
    channels.map((channel) => {
      const reached = agents
        .flatMap(({ concurrency }) => concurrency.get(channel) ?? [])
        .sort((a, b) => a - b);
      return [channel, reached[Math.floor(reached.length / 2)] ?? 1];
    }),
  );
}

/**
 * The shifts whose sum is the rounded number of agents at work in each half hour of the week. The first agent works
 * whenever at least one does, the second whenever at least two do, and so on: agents with the same hours make a shift.
 *
 * @param atWork - by half hour of the week.
 */
export function shiftsOf(atWork: readonly number[]): Shift[] {
  const shifts = new Map<string, { count: number; days: number[]; hours: Shift['hours'] }>();
  for (let day = 0; day < 7; day += 1) {
    const counts = atWork.slice(day * DAY_SLOTS, (day + 1) * DAY_SLOTS).map(Math.round);
    const ofDay = new Map<string, { count: number; hours: Shift['hours'] }>();
    for (let level = 1; level <= Math.max(0, ...counts); level += 1) {
      const hours = rangesWith(counts, level);
      const name = JSON.stringify(hours);
      ofDay.set(name, { count: (ofDay.get(name)?.count ?? 0) + 1, hours });
    }
    for (const [name, { count, hours }] of ofDay) {
      const key = `${name} ${count}`;
      const shift = shifts.get(key) ?? { count, days: [], hours };
      shift.days.push(day);
      shifts.set(key, shift);
    }
  }
  return [...shifts.values()];
}

function rangesWith(counts: readonly number[], level: number): [number, number][] {
  const ranges: [number, number][] = [];
  for (const [slot, count] of counts.entries()) {
    if (count < level) continue;
    const last = ranges.at(-1);
    if (last?.[1] === slot) last[1] = slot + 1;
    else ranges.push([slot, slot + 1]);
  }
  return ranges;
}
