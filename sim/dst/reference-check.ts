import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { type Circumstances, judgeAtRest, judgeTimes, judgeUpdates } from './reference/judge.ts';
import { type Story, storiesOf } from './reference/story.ts';
import type { World } from './world.ts';

/** Timers fire on whole seconds, events and messages take a moment, and so do the requests of dispatch. */
const DELIVERY_MS = 4_000;

/** A change of the configuration is in force everywhere after this time, and all waiting contacts are reconciled. */
const CONFIGURATION_MS = 20_000;

/**
 * Invariants 9 and 10: what the system did for each contact is what the reference model wants. The model shares no
 * code with the system, so a defect in the domain does not move the judge, too.
 */
export function checkAgainstReference(world: World, now: number): void {
  const { aws, centres, policies, published } = world;
  const { checker } = aws;
  const lost = new Set(
    published.filter(({ isDelivered }) => !isDelivered).map(({ event }) => event.detail.contactId),
  );
  // All instances share the quota.
  const contacts = new Set(published.map(({ event }) => event.detail.contactId)).size;
  for (const [instanceId, centre] of centres) {
    const events = published
      .map(({ event }) => event)
      .filter(({ resources }) => resources[1] === centre.instanceArn);
    const stories = storiesOf({ events, attributes: world.attributes, messages: world.sentMessages });
    for (const story of stories.values()) {
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
        const actual = { priority, ageSeconds, criteriaSteps: criteria?.criteria.Steps.length ?? 0 };
        const wrong = judgeAtRest(story, policies, actual, circumstances, now);
        if (wrong) checker.reportViolation(9, `${story.contactId} ${wrong}`);
      }
      const updates = checker.appliedTo(key);
      checker.checks += 1;
      const early = judgeUpdates(story, policies, updates, circumstances);
      if (early) checker.reportViolation(9, `${story.contactId} ${early}`);
      if (world.isCalm) {
        checker.checks += 1;
        const boundMs = boundOf(world.settings, contacts) + Math.abs(world.clockSkewMs);
        const bounds = { boundMs, configurationMs: CONFIGURATION_MS, until: now };
        const late = judgeTimes(story, policies, updates, circumstances, bounds);
        if (late) checker.reportViolation(10, `${story.contactId} ${late}`);
      }
    }
  }
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

/**
 * Within which a change must be made, in milliseconds. In the worst case all contacts need a question and a change at
 * once, and once more since something changed meanwhile.
 */
function boundOf(settings: Settings, contacts: number): number {
  const { updateRate, describeRate, updateShare } = settings;
  const perContactMs = 1_000 / (updateRate * updateShare) + 1_000 / (describeRate * updateShare);
  return DELIVERY_MS + 2 * contacts * perContactMs;
}
