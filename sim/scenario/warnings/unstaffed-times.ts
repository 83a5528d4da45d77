import { formatSpan } from '../../../lambda/domain/duration.ts';
import type { Path, Problem } from '../../../lambda/domain/validation/problem.ts';
import type { Shift } from '../../centre/index.ts';
import { type AgentGroup, expectedArrivals, roster, type TimeRange } from '../../workload/index.ts';
import type { Scenario, ScenarioStream } from '../scenario.ts';
import { formatTimeAndDay } from '../times.ts';

const HOUR_MS = 3_600_000;

/** A time without agents is worth a warning where so many contacts arrive in it. */
const LEAST_ARRIVALS = 1;

/**
 * Warns of times within the hours of a scenario at which no agent is on shift for a queue and a channel although contacts
 * arrive, such as a lunch that all take together; and of agents who all leave as arrivals end. Each queue and channel is
 * reported once for each. Queues that nobody ever serves are left out.
 */
export function unstaffedTimeWarnings(scenario: Scenario): Problem[] {
  const { startsAt, hours, streams } = scenario;
  const endsAt = startsAt + hours * HOUR_MS;
  const byWait = Map.groupBy(streams.entries(), ([, { contact }]) =>
    JSON.stringify([contact.queueId, contact.channel]),
  );
  return [...byWait.values()].flatMap((entries): Problem[] => {
    const [first] = entries;
    if (!first) return [];
    const [index, { contact }] = first;
    const groups = scenario.agents.filter(
      ({ queues, channels }) =>
        queues.some(({ queueId }) => queueId === contact.queueId) && channels.includes(contact.channel),
    );
    const times = uncovered(groups, scenario, endsAt);
    // Never served: that is a warning of its own.
    if (times.some(({ fromMs, toMs }) => fromMs <= startsAt && toMs >= endsAt)) return [];
    const path: Path = ['streams', index, 'queue'];
    const what = `${contact.channel} contacts in the queue ${JSON.stringify(contact.queueId)}`;
    const names = groups.map(({ name }) => name).join(', ');
    const ofStreams = entries.map(([, stream]) => stream);
    const busy = times
      .map((time) => ({ ...time, arrivals: arrivalsIn(ofStreams, time, scenario) }))
      .filter(({ arrivals }) => arrivals >= LEAST_ARRIVALS);
    return [
      ...gapWarning(busy, what, names, path, scenario),
      // A time without agents that lasts to the end says it already.
      ...(busy.some(({ toMs }) => toMs === endsAt)
        ? []
        : leavingWarning(groups, what, names, path, scenario, endsAt)),
    ];
  });
}

function gapWarning(
  busy: readonly (TimeRange & { readonly arrivals: number })[],
  what: string,
  names: string,
  path: Path,
  scenario: Scenario,
): Problem[] {
  const [longest] = busy.toSorted((a, b) => b.arrivals - a.arrivals);
  if (!longest) return [];
  const [from, to] = [longest.fromMs, longest.toMs].map((at) => formatTimeAndDay(at - scenario.dayBeganAt));
  const others = busy.length - 1;
  const more = others === 0 ? '' : `, and ${others === 1 ? 'another time' : `${others} more times`}`;
  return [
    {
      code: 'unstaffed-time',
      path,
      message:
        `From ${from} to ${to} (${formatSpan((longest.toMs - longest.fromMs) / 1_000)})${more}, no agent is on shift for ${what}, ` +
        `while some ${Math.round(longest.arrivals)} arrive. Stagger the hours and breaks of ${names}, unless your centre is so.`,
      found: `${from}-${to}`,
    },
  ];
}

/** Who waits as arrivals end, waits for up to four hours more, and nobody answers. */
function leavingWarning(
  groups: readonly AgentGroup[],
  what: string,
  names: string,
  path: Path,
  scenario: Scenario,
  endsAt: number,
): Problem[] {
  const after = uncovered(groups, scenario, endsAt + HOUR_MS);
  if (!after.some(({ fromMs, toMs }) => fromMs <= endsAt && toMs > endsAt)) return [];
  const at = formatTimeAndDay(endsAt - scenario.dayBeganAt);
  return [
    {
      code: 'agents-leave',
      path,
      message: `No agent is on shift for ${what} at ${at}, when arrivals end: who waits then stays unanswered. Let some of ${names} work longer, unless your centre is so.`,
      found: at,
    },
  ];
}

/** The times from the start to `endsAt` at which none of the groups is on shift, in milliseconds since the epoch. */
function uncovered(groups: readonly AgentGroup[], scenario: Scenario, endsAt: number): TimeRange[] {
  const { dayBeganAt, weekday, startsAt } = scenario;
  const shifts = groups
    .flatMap((group) => roster([{ ...group, count: 1 }], dayBeganAt, weekday))
    .flatMap(({ shifts }) => (shifts ? until(shifts, endsAt) : [{ from: startsAt, to: endsAt }]));
  return complement(shifts, startsAt, endsAt);
}

/** The shifts that begin before a moment: there may be infinitely many. */
function until(shifts: Iterable<Shift>, endsAt: number): Shift[] {
  const before: Shift[] = [];
  for (const shift of shifts) {
    if (shift.from >= endsAt) break;
    before.push(shift);
  }
  return before;
}

function complement(shifts: readonly Shift[], from: number, to: number): TimeRange[] {
  const gaps: TimeRange[] = [];
  let covered = from;
  for (const shift of shifts.toSorted((a, b) => a.from - b.from)) {
    if (shift.from > covered && covered < to) gaps.push({ fromMs: covered, toMs: Math.min(shift.from, to) });
    covered = Math.max(covered, shift.to);
  }
  if (covered < to) gaps.push({ fromMs: covered, toMs: to });
  return gaps;
}

function arrivalsIn(
  streams: readonly ScenarioStream[],
  { fromMs, toMs }: TimeRange,
  { dayBeganAt }: Scenario,
) {
  return streams.reduce((sum, { arrivals }) => {
    if ('points' in arrivals) return sum + expectedArrivals(arrivals, dayBeganAt, fromMs, toMs);
    return sum + [...arrivals].filter(({ at }) => at >= fromMs && at < toMs).length;
  }, 0);
}
