import { favoursTier, type Goal } from '../goals/index.ts';
import type { Scenario } from '../scenario/index.ts';
import type { AgentGroup } from '../workload/index.ts';
import { assess, type Criteria } from './assess.ts';
import type { Candidate } from './candidate.ts';
import type { Trials } from './trials.ts';

/** The agents that would reach the goals where no policy does. */
export interface StaffingAdvice {
  readonly agents: number;
  /** The group whose profile they have. */
  readonly group: string;
  /** Milliseconds after midnight. Undefined: at all times. */
  readonly hours?: { readonly fromMs: number; readonly toMs: number };
  /** False: even so many do not reach the goals. */
  readonly reaches: boolean;
}

export interface StaffingOptions {
  readonly candidate: Candidate;
  readonly scenario: Scenario;
  readonly criteria: Criteria;
  readonly runs: number;
  readonly trialsOf: (scenario: Scenario) => Trials;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The length of the hours that are tried. */
const WINDOW_MS = 2 * HOUR_MS;

/** No more than this share of all agents is proposed. */
const MAX_SHARE = 0.5;

/**
 * Looks by simulation for the fewest agents that reach the goals, in the two hours in which they help most.
 *
 * @returns undefined where no group serves the first goal's tier, or where these runs need no more agents: then it is
 * unclear whether the goals are reached, and agents are no answer to that.
 */
export async function staffingAdvice(options: StaffingOptions): Promise<StaffingAdvice | undefined> {
  const { scenario, criteria } = options;
  const group = groupFor(scenario, criteria.goals);
  if (!group) return undefined;
  if ((await shortfallIn(options, scenario)) === 0) return undefined;
  const total = scenario.agents.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, Math.ceil(total * MAX_SHARE));
  const missing = (agents: number, hours?: StaffingAdvice['hours']) =>
    shortfallWith(options, group, agents, hours);
  const hours = await bestHours(windowsOf(scenario), Math.max(1, Math.round(total / 10)), missing);
  for (const one of hours ? [hours, undefined] : [undefined]) {
    const agents = await fewest(most, async (count) => (await missing(count, one)) === 0);
    if (agents !== undefined) return { agents, group: group.name, ...(one && { hours: one }), reaches: true };
  }
  return { agents: most, group: group.name, reaches: false };
}

/** The hours in which so many agents help most; undefined where there is one window alone, or none helps. */
async function bestHours(
  windows: readonly NonNullable<StaffingAdvice['hours']>[],
  agents: number,
  missing: (agents: number, hours: StaffingAdvice['hours']) => Promise<number>,
): Promise<StaffingAdvice['hours']> {
  let best: { hours: StaffingAdvice['hours']; shortfall: number } | undefined;
  for (const hours of windows.length > 1 ? windows : []) {
    const shortfall = await missing(agents, hours);
    if (!best || shortfall < best.shortfall) best = { hours, shortfall };
  }
  return best?.hours;
}

/** The least number up to `most` that is enough, if more is never worse; undefined if none is. */
async function fewest(
  most: number,
  isEnough: (count: number) => Promise<boolean>,
): Promise<number | undefined> {
  let [low, high] = [0, 1];
  while (high < most && !(await isEnough(high))) [low, high] = [high, Math.min(most, high * 2)];
  if (high === most && !(await isEnough(most))) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

async function shortfallWith(
  options: StaffingOptions,
  group: AgentGroup,
  count: number,
  hours: StaffingAdvice['hours'],
): Promise<number> {
  const { hours: _own, ...profile } = group;
  const extra: AgentGroup = {
    ...profile,
    name: `${group.name}-more`,
    count,
    ...(hours && { hours: [hours] }),
  };
  const { scenario } = options;
  return shortfallIn(options, { ...scenario, agents: [...scenario.agents, extra] });
}

async function shortfallIn(
  { candidate, criteria, runs, trialsOf }: StaffingOptions,
  scenario: Scenario,
): Promise<number> {
  const trials = trialsOf(scenario);
  await trials.ensure([criteria.none, candidate], runs);
  return assess(candidate, trials, criteria).shortfall;
}

/** Hours of a day, one after another in steps of an hour, or of two in long scenarios. */
function windowsOf({ startsAt, dayBeganAt, hours }: Scenario): NonNullable<StaffingAdvice['hours']>[] {
  const lengthMs = hours * HOUR_MS;
  const beginsAt = lengthMs >= DAY_MS ? 0 : startsAt - dayBeganAt;
  const spanMs = Math.min(lengthMs, DAY_MS);
  const stepMs = spanMs > 10 * HOUR_MS ? WINDOW_MS : HOUR_MS;
  const count = Math.max(1, Math.floor((spanMs - WINDOW_MS) / stepMs) + 1);
  return Array.from({ length: count }, (_, index) => {
    const fromMs = (beginsAt + index * stepMs) % DAY_MS;
    return { fromMs, toMs: fromMs + Math.min(WINDOW_MS, spanMs) };
  });
}

/** The group that serves the queue of the first goal's tier first; of several, the largest. */
function groupFor({ streams, tiers, agents }: Scenario, goals: readonly Goal[]): AgentGroup | undefined {
  const named = goals.find(favoursTier)?.tier ?? tiers[0];
  const contacts = streams.filter(({ tier }) => tier === named).map(({ contact }) => contact);
  const rank = (group: AgentGroup) =>
    Math.min(
      ...contacts.flatMap(({ queueId, channel = 'VOICE' }) =>
        group.channels.includes(channel)
          ? group.queues.filter((queue) => queue.queueId === queueId).map(({ priority }) => priority)
          : [],
      ),
    );
  return [...agents]
    .filter((group) => Number.isFinite(rank(group)))
    .sort((a, b) => rank(a) - rank(b) || b.count - a.count)[0];
}
