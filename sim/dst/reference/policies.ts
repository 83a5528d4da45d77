import { type CalendarSource, type CalendarSources, isOpen } from './calendar.ts';
import { patternMatches } from './pattern.ts';
import { type Interval, type Story, seconds } from './story.ts';

/*
 * The specification of policies in code: slow and naive, so that a reader can see that it is right. It shares nothing
 * with the system. What a policy wants of a contact at a moment follows from the contact's story and the text of the
 * policies alone.
 */

/** A policy as its author writes it, as far as the runs use it. */
export interface PolicySource {
  readonly precedence?: number;
  readonly mode?: string;
  readonly rollout?: number;
  /** A calendar, or the name of one. */
  readonly during?: CalendarSource | string;
  readonly match?: object;
  readonly clock?: string | { readonly from?: string; readonly in: CalendarSource | string };
  readonly allowLower?: boolean;
  /** Whether steps of routes are left out for which no agent is staffed. */
  readonly skipUnstaffed?: boolean;
  /** The wait within which the contact should be answered, or `horizon`. */
  readonly target?: string;
  readonly steps?: readonly StepSource[];
}

interface StepSource {
  readonly after?: string;
  readonly by?: string;
  readonly from?: string;
  readonly every?: string;
  readonly ramp?:
    | { readonly age: { readonly add: string; readonly upTo: string } }
    | { readonly priority: { readonly from: number; readonly to: number } };
  readonly when?: object;
  readonly set?: { readonly priority?: number; readonly age?: string; readonly route?: readonly string[] };
}

/** What is wanted of a contact. */
export interface Wanted {
  readonly policy?: string;
  readonly allowLower: boolean;
  readonly priority?: number;
  readonly ageSeconds?: number;
  readonly route?: readonly string[];
}

/** The policies with the calendars that they name written out. */
export function withCalendars(
  policies: Readonly<Record<string, PolicySource>>,
  calendars: CalendarSources,
): Readonly<Record<string, PolicySource>> {
  const writtenOut = (named: CalendarSource | string) =>
    typeof named === 'string' ? (calendars[named] as CalendarSource) : named;
  return Object.fromEntries(
    Object.entries(policies).map(([name, { during, clock, ...rest }]) => [
      name,
      {
        ...rest,
        ...(during !== undefined && { during: writtenOut(during) }),
        ...(clock !== undefined && {
          clock: typeof clock === 'string' ? clock : { ...clock, in: writtenOut(clock.in) },
        }),
      },
    ]),
  );
}

/** Whether a signal ever brought about a step of a policy, which is reached at `at`. */
export type HasBegun = (name: string, at: number, when: object) => boolean;

const NEVER: HasBegun = () => false;

const NOTHING: Wanted = { allowLower: false };

/** The routing lag by which a step with `by` comes earlier, in milliseconds: the default of the settings. */
const ROUTING_LAG_MS = 60_000;

/**
 * What the policies want of the contact at `now`.
 *
 * @param hasBegun - of these steps the route stays when their signals have ended. Default: none.
 */
export function wantedOf(
  policies: Readonly<Record<string, PolicySource>>,
  story: Story,
  now: number,
  hasBegun: HasBegun = NEVER,
): Wanted {
  const inOrder = Object.entries(policies).sort(
    ([nameA, a], [nameB, b]) =>
      (a.precedence ?? 100) - (b.precedence ?? 100) || (nameA < nameB ? -1 : nameA > nameB ? 1 : 0),
  );
  const governing = inOrder.find(([name, policy]) => governs(name, policy, story, now));
  if (!governing) return NOTHING;
  const [name, policy] = governing;
  // Nobody knows a pause before it begins.
  const known = { ...story, pauses: story.pauses.filter(({ from }) => from <= now) };
  const reached = stepsReached(policy, known, now, (at, when) => hasBegun(name, at, when));
  // Steps beside a target set no age.
  const ageSeconds = reached.ageSeconds ?? targetAge(policy, known);
  return {
    policy: name,
    allowLower: policy.allowLower === true,
    ...reached,
    ...(ageSeconds !== undefined && { ageSeconds }),
  };
}

function governs(name: string, policy: PolicySource, story: Story, now: number): boolean {
  return (
    (policy.mode ?? 'enforce') === 'enforce' &&
    isInRollout(name, policy.rollout ?? 100, story.initialContactId) &&
    (policy.during === undefined || isOpen(policy.during, now)) &&
    (policy.match === undefined || patternMatches(policy.match, viewOf(story, now)))
  );
}

/** What the steps reached set together: urgency and criteria each by the last step that sets them. */
function stepsReached(
  policy: PolicySource,
  story: Story,
  now: number,
  hasBegun: (at: number, when: object) => boolean,
): Omit<Wanted, 'allowLower'> {
  let wanted: Omit<Wanted, 'allowLower'> = {};
  let latestAt = 0;
  for (const { at, when, set } of timeline(policy, story)) {
    latestAt = Math.max(latestAt, at);
    if (latestAt > now) break;
    if (when && !patternMatches(when, viewOf(story, now))) {
      const { signals, ...others } = when as { readonly signals?: unknown };
      const stays = signals !== undefined && patternMatches(others, viewOf(story, now)) && hasBegun(at, when);
      if (stays) wanted = { ...wanted, ...routeOf(set?.route, policy, story) };
      continue;
    }
    if (set?.priority !== undefined) wanted = { route: wanted.route, priority: set.priority };
    if (set?.age !== undefined) wanted = { route: wanted.route, ageSeconds: seconds(set.age) };
    wanted = { ...wanted, ...routeOf(set?.route, policy, story) };
  }
  return wanted;
}

/** The longest value that Connect takes. */
const MAX_VALUE_LENGTH = 128;

/**
 * The route of a step for a contact, with its tags put in. Steps are left out whose tag is missing or too long, and those
 * for which no agent is staffed, where the policy says so. Where none is left, the criteria stay as they are.
 */
function routeOf(
  route: readonly string[] | undefined,
  { skipUnstaffed }: PolicySource,
  { tags, unstaffed }: Story,
): Pick<Wanted, 'route'> {
  const steps = (route ?? []).flatMap((step) => {
    const [place = '', name = ''] = /\{tags\.(\w+)\}/.exec(step) ?? [];
    const value = tags[name] ?? '';
    if (place !== '' && (value === '' || value.length > MAX_VALUE_LENGTH)) return [];
    const filled = step.replace(place, value);
    return skipUnstaffed && unstaffed.some((one) => filled.startsWith(`${one} `)) ? [] : [filled];
  });
  return steps.length > 0 ? { route: steps } : {};
}

/** When each step is reached. A ramp is as many steps. */
export function timeline(policy: PolicySource, story: Story) {
  const { steps = [] } = policy;
  return steps.flatMap((step) => {
    const { when, set } = step;
    if (step.after !== undefined)
      return [{ at: whenClockShows(policy, story, seconds(step.after)), when, set }];
    if (step.by !== undefined) {
      const inEffectAt = whenClockShows(policy, story, seconds(step.by));
      return [{ at: Math.max(clockStart(policy, story), inEffectAt - ROUTING_LAG_MS), when, set }];
    }
    return rungs(step).map((rung, index) => ({
      at: whenClockShows(policy, story, seconds(step.from) + index * seconds(step.every)),
      when,
      set: rung,
    }));
  });
}

/** What the steps of a ramp set, one after the other. */
function rungs({ ramp }: StepSource): NonNullable<StepSource['set']>[] {
  if (ramp && 'priority' in ramp) {
    const { from, to } = ramp.priority;
    return Array.from({ length: from - to + 1 }, (_, index) => ({ priority: from - index }));
  }
  const { add, upTo } = ramp?.age ?? { add: '1s', upTo: '0s' };
  return Array.from({ length: Math.ceil(seconds(upTo) / seconds(add)) }, (_, index) => ({
    age: `${Math.min(seconds(upTo), (index + 1) * seconds(add))}s`,
  }));
}

/**
 * The age of the policy's target: with it, time in queue plus age is the horizon at the moment when the contact is due.
 * Undefined without a target, and where no age would bring the contact forward.
 */
export function targetAge(policy: PolicySource, story: Story): number | undefined {
  if (policy.target === undefined) return undefined;
  const { horizonSeconds, enqueuedAt } = story;
  const shown = policy.target === 'horizon' ? horizonSeconds : seconds(policy.target);
  const dueAt = whenClockShows(policy, story, shown);
  const age = Math.floor(horizonSeconds - (dueAt - enqueuedAt) / 1_000);
  return age > 0 ? age : undefined;
}

function clockStart({ clock }: PolicySource, story: Story): number {
  const from = typeof clock === 'object' ? clock.from : clock;
  return from === 'firstEnqueued' ? story.firstEnqueuedAt : story.enqueuedAt;
}

/** No contact of a run waits longer. */
const MAX_CLOCK_MS = 30 * 86_400_000;

/**
 * The moment at which the policy's clock shows a number of seconds. It is asked again in each minute, and whenever a
 * pause begins or ends, whether it runs.
 */
function whenClockShows(policy: PolicySource, story: Story, shown: number): number {
  const start = clockStart(policy, story);
  const calendar = typeof policy.clock === 'object' ? policy.clock.in : undefined;
  const pauses = [...story.earlierPauses, ...story.pauses];
  const changes = pauses.flatMap(({ from, until }) => [from, until]);
  let at = start;
  let left = shown * 1_000;
  while (left > 0 && at - start < MAX_CLOCK_MS) {
    const nextMinute = calendar ? Math.floor(at / 60_000 + 1) * 60_000 : Number.POSITIVE_INFINITY;
    const next = Math.min(nextMinute, ...changes.filter((change) => change > at));
    const isRunning = (!calendar || isOpen(calendar, at)) && !pauses.some((pause) => holds(pause, at));
    // A pause that begins at that very moment does not put it off.
    if (isRunning && left <= next - at) return at + left;
    if (isRunning) left -= next - at;
    at = next;
  }
  return left > 0 ? Number.POSITIVE_INFINITY : at;
}

/** What patterns see of the contact. */
export function viewOf(story: Story, now: number): object {
  return {
    channel: story.channel,
    tags: story.tags,
    transfers: story.transfers,
    queue: queueOf(story),
    recentContacts: story.recentContacts,
    signals: [...story.signals, ...story.queueSignals.filter(({ isCertain }) => isCertain)]
      .filter((signal) => holds(signal, now))
      .map(({ name }) => name),
    attributes: story.attributes.findLast(({ at }) => at <= now)?.values ?? {},
  };
}

/** The names of the queues of a run are what their ids begin with. */
export function queueOf({ queueId }: Pick<Story, 'queueId'>): { readonly name: string } {
  return { name: queueId.split('-')[0] ?? '' };
}

export function holds({ from, until }: Interval, now: number): boolean {
  return from <= now && now < until;
}

/**
 * Whether a rollout has a contact. The hash is part of what is promised: a contact must never change sides, also not
 * by a new version. FNV-1a of the texts, then the finalizer of MurmurHash3, as a fraction of 2^32.
 */
export function isInRollout(name: string, percent: number, initialContactId: string): boolean {
  const mask = 0xffffffffn;
  let hash = 0x811c9dc5n;
  for (const unit of `${name}\u0000${initialContactId}`) {
    hash = ((hash ^ BigInt(unit.charCodeAt(0))) * 0x01000193n) & mask;
  }
  hash = ((hash ^ (hash >> 16n)) * 0x85ebca6bn) & mask;
  hash = ((hash ^ (hash >> 13n)) * 0xc2b2ae35n) & mask;
  hash ^= hash >> 16n;
  return percent >= 100 || Number(hash) < (percent / 100) * 2 ** 32;
}
