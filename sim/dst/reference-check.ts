import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import type { Expression } from '../../lambda/domain/routing/criteria.ts';
import { DEFAULT_ROUTING, type Routing } from '../../lambda/domain/routing/routing.ts';
import { staffedAfter } from './agents.ts';
import { T0 } from './random-policies.ts';
import { possibleCounts } from './reference/customers.ts';
import {
  type Circumstances,
  judgeAtRest,
  judgeLateness,
  judgeTimes,
  judgeUpdates,
  mostUrgent,
} from './reference/judge.ts';
import { type Observation, queueSignals } from './reference/load.ts';
import { type Story, storiesOf } from './reference/story.ts';
import type { World } from './world.ts';

/** Timers fire on whole seconds, events and messages take a moment, and so do the requests of dispatch. */
const DELIVERY_MS = 4_000;

/** Changes of one round, which may be less urgent. */
const ROUND = 10;

/**
 * The time from the end of faults until nothing is delayed by them any more, in milliseconds: a message that failed comes
 * back within three minutes, and the sweep finds a contact whose wake-up was lost within two.
 */
const RECOVERY_MS = 300_000;

/** A contact that was decided by old policies is decided anew within this time, in milliseconds: by the sweep, in its turn. */
const RESYNC_MS = 960_000;

/** The first sweep begins to have the load of queues read. */
const FIRST_POLL_MS = 75_000;

/** The load is read every 15 seconds, and who waits looks at a condition that begins or ends 5 seconds later. */
const SETTLED_MS = 45_000;

/** A condition that policies name for the first time is read within a minute; one that none names any more ends then. */
const NEW_CONDITION_MS = 150_000;

/** A contact is counted within this time after it was queued, where nothing fails. */
const COUNTED_MS = 10_000;

/** The name of a queue is looked up, and those who wait there look at it, within this time. */
const QUEUE_NAME_MS = 15_000;

/** The languages that routes and contacts name. */
const LANGUAGES = ['English', 'French'];

/** A change of the configuration is in force everywhere after this time, and all waiting contacts are reconciled. */
const CONFIGURATION_MS = 20_000;

/**
 * Invariants 9, 10 and 13: what the system did for each contact is what the reference model wants. The model shares no
 * code with the system, so a defect in the domain does not move the judge, too.
 */
export function checkAgainstReference(world: World, now: number): void {
  const { aws, centres, policies, published } = world;
  const { checker } = aws;
  const lost = new Set(
    published.filter(({ isDelivered }) => !isDelivered).map(({ event }) => event.detail.contactId),
  );
  for (const [instanceId, centre] of centres) {
    const events = published
      .map(({ event }) => event)
      .filter(({ resources }) => resources[1] === centre.instanceArn);
    const { attributes, sentMessages: messages, horizon } = world;
    const stories = withQueueSignals(
      storiesOf({ events, attributes, messages, horizon }),
      world,
      now,
      ({ contactId }) =>
        !lost.has(contactId) && aws.load({ instanceId, contactId }).record.closedAt === undefined,
    );
    const contacts = published.filter(({ event }) => event.detail.eventType === 'QUEUED').length;
    const urgencies = [...stories.values()].map((story) => {
      const { initial } = circumstancesOf(world, { instanceId, contactId: story.contactId });
      return mostUrgent(story, policies, initial, now).priority;
    });
    const boundOf = (priority: number) => {
      // The instances share the quota evenly, and a round of others may be under way.
      const ahead = urgencies.filter((urgency) => urgency <= priority).length + ROUND;
      return boundFor(Math.min(contacts, centres.size * ahead), world);
    };
    const recoveryBoundOf = (key: ContactKey) => {
      const waitsForResync = world.faults.has('stale-policies') || aws.leftToResync.has(keyString(key));
      // After throttles the rate climbs back over two minutes.
      const recoveryMs = RECOVERY_MS + (waitsForResync ? RESYNC_MS : 0);
      return (priority: number) => 2 * boundOf(priority) + recoveryMs;
    };
    for (const story of stories.values()) {
      const cases = casesOf(story, stories, world);
      const key = { instanceId, contactId: story.contactId };
      const circumstances = circumstancesOf(world, key);
      const { record } = aws.load(key);
      const isRejected = record.status?.rejected?.generation === record.decision?.generation;
      const isKnown = ![...chainOf(story, stories)].some(({ contactId }) => lost.has(contactId));
      const state = centre.describe(now, story.contactId);
      if (
        state.state === 'waiting' &&
        !state.isPaused &&
        isKnown &&
        isHere(record, aws.region) &&
        !isRejected &&
        record.closedAt === undefined
      ) {
        checker.checks += 1;
        const { priority, ageSeconds, criteria } = state;
        const actual = { priority, ageSeconds, criteria: valuesOf(criteria?.criteria) };
        const seenWithinMs = world.isCalm ? CONFIGURATION_MS + boundFor(contacts, world) : undefined;
        const atRest = { ...circumstances, ...(seenWithinMs && { seenWithinMs }) };
        const wrong = inEachCase(cases, (one) => judgeAtRest(one, policies, actual, atRest, now));
        if (wrong) checker.reportViolation(9, `${story.contactId} ${wrong}`);
      }
      if (state.state === 'waiting' && isKnown && story.transfers > 0) {
        checker.checks += 1;
        const missing = missingOfChain(story, record, now);
        if (missing) checker.reportViolation(16, `${story.contactId} ${missing}`);
      }
      const updates = checker.appliedTo(key);
      checker.checks += 1;
      const early = inEachCase(cases, (one) => judgeUpdates(one, policies, updates, circumstances));
      if (early) checker.reportViolation(9, `${story.contactId} ${early}`);
      const bounds = { boundMs: boundOf, configurationMs: CONFIGURATION_MS, until: now };
      if (!world.isCalm && isKnown && isLatenessJudged(world, key)) {
        checker.checks += 1;
        const recovered = { ...bounds, boundMs: recoveryBoundOf(key), from: world.faultsEndAt };
        const late = inEachCase(cases, (one) =>
          judgeLateness(one, policies, updates, circumstances, recovered),
        );
        if (late) checker.reportViolation(13, `${story.contactId} ${late}`);
      }
      if (world.isCalm) {
        checker.checks += 1;
        const late = inEachCase(cases, (one) => judgeTimes(one, policies, updates, circumstances, bounds));
        if (late) checker.reportViolation(10, `${story.contactId} ${late}`);
      }
    }
  }
}

/** The stories with what their queues have by conditions on their load. */
function withQueueSignals(
  stories: ReadonlyMap<string, Story>,
  { aws, conditions, policies, agents, isCalm, faultsEndAt, redrivenAt, clockSkewMs }: World,
  now: number,
  isKnown: Observation['isKnown'],
): ReadonlyMap<string, Story> {
  const named = JSON.stringify(policies);
  const inUse = Object.fromEntries(
    Object.entries(conditions).filter(([name]) => named.includes(`"${name}"`)),
  );
  if (Object.keys(inUse).length === 0) return stories;
  const faultsEnd = (aws.hadDeadLetters ? redrivenAt : faultsEndAt) + RECOVERY_MS;
  const observation: Observation = {
    lagMs: 2 * DELIVERY_MS,
    settledMs: SETTLED_MS + Math.abs(clockSkewMs),
    from: isCalm ? T0 + FIRST_POLL_MS : faultsEnd,
    startedAt: T0,
    endsAt: now + 1,
    changes: policies.slice(1).map(({ from }) => ({ from, until: from + NEW_CONDITION_MS })),
    staffedAt: (at) => staffedAfter(at - T0, agents),
    shiftEnds: [T0 + agents.shiftEndsMs],
    isKnown,
  };
  const all = [...stories.values()];
  const byQueue = new Map(
    [...new Set(all.map(({ queueId }) => queueId))].map((queueId) => [
      queueId,
      queueSignals(queueId, inUse, all, observation),
    ]),
  );
  return new Map(
    all.map((story) => [story.contactId, { ...story, queueSignals: byQueue.get(story.queueId) ?? [] }]),
  );
}

/**
 * What may have been known of a contact and of the agents, the likeliest case first: one that nobody can tell from the
 * story has several.
 */
function casesOf(story: Story, stories: ReadonlyMap<string, Story>, world: World): Story[] {
  const { policies, agents, isCalm } = world;
  const names = (what: string) => policies.map((one) => canonicalJson(one.policies).includes(`"${what}"`));
  const counted = names('recentContacts');
  const counting = { isCertain: isCalm && counted.every(Boolean), lagMs: COUNTED_MS };
  const counts = counted.some(Boolean) ? possibleCounts(story, stories.values(), counting) : [undefined];
  const unstaffed = LANGUAGES.filter((one) => !agents.languages.includes(one)).map(
    (one) => `Language:${one}`,
  );
  // Figures that come late, or not at all, leave nothing out.
  const figures = names('skipUnstaffed').some(Boolean) ? (isCalm ? [unstaffed] : [unstaffed, []]) : [[]];
  return counts.flatMap((recentContacts) =>
    figures.map((left) => ({
      ...story,
      unstaffed: left,
      ...(recentContacts !== undefined && { recentContacts }),
    })),
  );
}

/** What is wrong in the likeliest case; undefined where nothing is wrong in one of them. */
function inEachCase(
  cases: readonly Story[],
  judge: (story: Story) => string | undefined,
): string | undefined {
  const wrong = cases.map(judge);
  return wrong.includes(undefined) ? undefined : wrong[0];
}

/** Attributes and values of each step of criteria. */
function valuesOf(criteria: Routing['criteria']): string[] {
  return (criteria?.Steps ?? []).map(({ Expression }) => textOf(Expression));
}

/** An expression in the words of routes, without levels: `A:x and B:y or C:z`. */
function textOf(expression: Expression): string {
  if ('OrExpression' in expression) return expression.OrExpression.map(textOf).join(' or ');
  if ('AndExpression' in expression) return expression.AndExpression.map(textOf).join(' and ');
  const condition = 'AttributeCondition' in expression ? expression.AttributeCondition : undefined;
  return condition && 'Name' in condition
    ? `${condition.Name}:${condition.Value}`
    : canonicalJson(expression);
}

/** False while the latest event that arrived says that another Region acts on the contact. */
function isHere({ facts }: ContactRecord, region: string): boolean {
  return facts?.activeRegion === undefined || facts.activeRegion.value === region;
}

function circumstancesOf(
  { aws, settings, clockSkewMs }: World,
  key: { readonly instanceId: string; readonly contactId: string },
): Circumstances {
  const { priority, ageSeconds } = { ...DEFAULT_ROUTING, ...aws.checker.initialRoutingOf(key) };
  return {
    initial: { priority, ageSeconds },
    clockSkewMs: Math.abs(clockSkewMs),
    isChangedElsewhere: aws.checker.isChangedElsewhere(key),
    isAgeCertain: settings.checkBeforeFirstChange || ageSeconds === 0,
  };
}

/** The contacts of the transfer chain up to this one. */
function* chainOf(story: Story, stories: ReadonlyMap<string, Story>): Generator<Story> {
  yield* [...stories.values()].filter(({ initialContactId }) => initialContactId === story.initialContactId);
}

/** Invariant 16: what the record does not have of what the chain hands on. */
function missingOfChain(story: Story, { chain, signals }: ContactRecord, now: number): string | undefined {
  const { transfers, firstEnqueuedAt, initialContactId } = story;
  if (chain?.transfers !== transfers) return `was transferred ${transfers} times, not ${chain?.transfers}`;
  if (chain.firstEnqueuedAt !== firstEnqueuedAt) {
    return `was first enqueued at ${firstEnqueuedAt}, not ${chain.firstEnqueuedAt}`;
  }
  if (chain.initialContactId !== initialContactId) {
    return `came from ${initialContactId}, not ${chain.initialContactId}`;
  }
  // A contact keeps 64 of them.
  if (story.signals.length > 64) return undefined;
  const lost = story.signals.find(({ name, until }) => until > now && !Object.hasOwn(signals, name));
  return lost && `has no signal ${lost.name}`;
}

/**
 * False of a contact that was closed or away: it is tried again minutes later, or when an event comes. A change that
 * Connect rejected is not sent again.
 */
function isLatenessJudged({ aws }: World, key: ContactKey): boolean {
  return !aws.hadDeadLetters && !aws.checker.wasOutOfReach(key);
}

/**
 * Within which a change must be made, in milliseconds. In the worst case all contacts before it need a question and a
 * change at once, and once more since something changed meanwhile. Beside a target, a priority is a change of its own.
 */
function boundFor(contacts: number, { settings, clockSkewMs, hasTargets, policies }: World): number {
  const { updateRate, describeRate, updateShare } = settings;
  const changes = hasTargets ? 2 : 1;
  const perContactMs = (changes * 1_000) / (updateRate * updateShare) + 1_000 / (describeRate * updateShare);
  const namesQueues = canonicalJson(policies.map((one) => one.policies)).includes('"queue"');
  const lookUpMs = namesQueues ? QUEUE_NAME_MS : 0;
  return DELIVERY_MS + lookUpMs + Math.abs(clockSkewMs) + 2 * contacts * perContactMs;
}
