import { formatSpan } from '../../../lambda/domain/duration.ts';
import type { Path, Problem } from '../../../lambda/domain/validation/problem.ts';
import type { AgentGroup, TimeRange } from '../../workload/index.ts';
import { contactsBetween } from '../expected-contacts.ts';
import { arrivalsEndAt, type Scenario } from '../scenario.ts';
import { formatTimeAndDay } from '../times.ts';
import { areWhole, groupsServing, shiftGaps } from './shift-gaps.ts';

const HOUR_MS = 3_600_000;

/** A time without agents is worth a warning if at least this many contacts arrive in it. */
const LEAST_ARRIVALS = 1;

/** The contacts of one queue and channel, and the agents who serve them. */
interface Service {
  /** The path of the queue in the first of its streams. */
  readonly path: Path;
  /** The contacts, for people. */
  readonly what: string;
  readonly groups: readonly AgentGroup[];
  /** The names of the groups, for people. */
  readonly names: string;
}

/**
 * Warns of times within the hours of a scenario at which no agent is on shift for a queue and a channel although contacts
 * arrive, such as a lunch that all take together; and of agents who all leave as arrivals end. Each queue and channel is
 * reported once for each. Queues that nobody ever serves are left out.
 */
export function unstaffedTimeWarnings(scenario: Scenario): Problem[] {
  const endsAt = arrivalsEndAt(scenario);
  const byWait = Map.groupBy(scenario.streams.entries(), ([, { contact }]) =>
    JSON.stringify([contact.queueId, contact.channel]),
  );
  return [...byWait.values()].flatMap((entries): Problem[] => {
    const [first] = entries;
    if (!first) return [];
    const [index, { contact }] = first;
    const groups = groupsServing(scenario, contact.queueId, contact.channel);
    const gaps = shiftGaps(groups, scenario);
    // Never served: that is a warning of its own.
    if (areWhole(gaps, scenario)) return [];
    const service: Service = {
      path: ['streams', index, 'queue'],
      what: `${contact.channel} contacts in the queue ${JSON.stringify(contact.queueId)}`,
      groups,
      names: groups.map(({ name }) => name).join(', '),
    };
    const streams = entries.map(([, stream]) => stream);
    const busy = gaps
      .map((gap) => ({
        ...gap,
        arrivals: contactsBetween(streams, scenario.dayBeganAt, gap.fromMs, gap.toMs),
      }))
      .filter(({ arrivals }) => arrivals >= LEAST_ARRIVALS);
    return [
      ...gapWarning(busy, service, scenario),
      // A time without agents that lasts to the end says it already.
      ...(busy.some(({ toMs }) => toMs === endsAt) || comeNoMore(streams, scenario)
        ? []
        : leavingWarning(service, scenario)),
    ];
  });
}

function gapWarning(
  busy: readonly (TimeRange & { readonly arrivals: number })[],
  { path, what, names }: Service,
  { dayBeganAt }: Scenario,
): Problem[] {
  const [longest] = busy.toSorted((a, b) => b.arrivals - a.arrivals);
  if (!longest) return [];
  const [from, to] = [longest.fromMs, longest.toMs].map((at) => formatTimeAndDay(at - dayBeganAt));
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

/** Whether nobody comes in the last hour, such as in a week that ends on a Sunday night. */
function comeNoMore(streams: Scenario['streams'], scenario: Scenario): boolean {
  const endsAt = arrivalsEndAt(scenario);
  return contactsBetween(streams, scenario.dayBeganAt, endsAt - HOUR_MS, endsAt) < LEAST_ARRIVALS;
}

/** Contacts that wait when arrivals end go on waiting for up to four hours, and nobody answers them. */
function leavingWarning({ path, what, groups, names }: Service, scenario: Scenario): Problem[] {
  const endsAt = arrivalsEndAt(scenario);
  const gaps = shiftGaps(groups, scenario, endsAt + HOUR_MS);
  if (!gaps.some(({ fromMs, toMs }) => fromMs <= endsAt && toMs > endsAt)) return [];
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
