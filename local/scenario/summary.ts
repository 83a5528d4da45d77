import type { PlanContext } from '../../lambda/domain/plan.ts';
import { updateLimits } from '../../lambda/domain/settings.ts';
import { percentile } from '../../sim/statistics/index.ts';
import type { Tier } from './arrivals.ts';
import { INSTANCE, SUPPORT_QUEUE } from './centre.ts';
import { type ExpectedChange, expectedChanges } from './expected.ts';
import type { Observer, SeenContact } from './observer.ts';
import type { ScenarioResult } from './run.ts';
import { busiest } from './statistics.ts';
import { type ContactVerdict, judge, type SeenCall } from './verdict.ts';

/** Waits up to this count as good service. */
export const SERVICE_LEVEL_SECONDS = 120;

/** What a tier's contacts experienced. */
export interface TierSummary {
  readonly tier: Tier;
  readonly contacts: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly waiting: number;
  /** Share of the contacts that are over which were answered in time. */
  readonly serviceLevel: number | undefined;
  /** Seconds waited by those who were answered. */
  readonly waitMedianSeconds: number | undefined;
  readonly waitP95Seconds: number | undefined;
  readonly escalated: number;
}

/** What the run measured. Lateness is in simulated milliseconds. */
export interface ScenarioSummary {
  readonly contacts: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly waiting: number;
  readonly changesApplied: number;
  readonly byPolicy: ReadonlyMap<string, number>;
  readonly calls: number;
  readonly throttled: number;
  /** Calls for contacts that had left, of which nobody knew yet. */
  readonly justLeft: number;
  readonly describeCalls: number;
  readonly describeThrottled: number;
  readonly callsInOneSecond: number;
  readonly latenessMedianMs: number | undefined;
  readonly latenessP95Ms: number | undefined;
  readonly leftInTime: number;
  readonly overtaken: number;
  readonly tiers: readonly TierSummary[];
  readonly promises: readonly Promised[];
}

/** Something that must hold, and whether it did. */
export interface Promised {
  readonly what: string;
  readonly broken: number;
  readonly examples: readonly string[];
}

/** Works out from what was seen what happened, and whether every promise was kept. */
export function summarize(result: ScenarioResult, observer: Observer, context: PlanContext): ScenarioSummary {
  const callsOf = Map.groupBy(observer.calls, ({ contactId }) => contactId);
  const judged = result.contacts.map((contact) => {
    const { contactId, channel, initiationMethod, tags, attributes, routing } = contact.arrival;
    const wait = waitOf(observer.contacts.get(contactId), result);
    const angryAt = result.angryAt.get(contactId);
    const expected = expectedChanges(
      {
        facts: {
          instanceId: INSTANCE.id,
          contactId,
          channel,
          initiationMethod,
          queue: { arn: SUPPORT_QUEUE, enqueuedAt: wait.enqueuedAt },
          tags: { at: wait.enqueuedAt, value: tags ?? {} },
        },
        attributes: attributes ?? {},
        initialRouting: routing ?? {},
        signals: angryAt === undefined ? [] : [{ name: 'angry-customer', at: angryAt }],
        leftAt: wait.leftAt,
      },
      context,
    );
    const verdict = judge(expected, callsOf.get(contactId) ?? [], wait.leftAt);
    return { contact, wait, verdict };
  });

  const made = judged.flatMap(({ verdict }) => verdict.made);
  const lateness = made.map(({ latenessMs }) => latenessMs);
  const { inOneSecond, beyondBudget } = busiest(
    observer.calls.map(({ at }) => at),
    updateLimits(context.settings),
  );
  const throttled = observer.calls.filter((call) => call.throttled).length;
  const tiers = (['platinum', 'gold', 'standard'] as const).map((tier) =>
    tierSummary(
      tier,
      judged.filter(({ contact }) => contact.tier === tier),
    ),
  );
  return {
    contacts: result.contacts.length,
    answered: sum(tiers, ({ answered }) => answered),
    abandoned: sum(tiers, ({ abandoned }) => abandoned),
    waiting: sum(tiers, ({ waiting }) => waiting),
    changesApplied: lateness.length,
    byPolicy: countBy(made.map(({ policy }) => policy)),
    calls: observer.calls.length,
    throttled,
    justLeft: observer.calls.filter(({ wasQueued }) => !wasQueued).length,
    describeCalls: observer.describeCalls,
    describeThrottled: observer.describeThrottled,
    callsInOneSecond: inOneSecond,
    latenessMedianMs: percentile(lateness, 0.5),
    latenessP95Ms: percentile(lateness, 0.95),
    leftInTime: sum(judged, ({ verdict }) => verdict.leftInTime),
    overtaken: sum(judged, ({ verdict }) => verdict.overtaken),
    tiers,
    promises: [
      promised(
        'every contact still queued when its change fell due got it',
        judged.flatMap(({ contact, verdict }) =>
          verdict.missed.map((change) => missedText(contact.arrival.contactId, change)),
        ),
      ),
      promised(
        'no call made a change that was not due',
        judged.flatMap(({ verdict }) => verdict.undue.map(callText)),
      ),
      promised('no change was sent twice', repeated(callsOf)),
      {
        what: 'no call went to a contact known to have left',
        broken: observer.callsToKnownLeft,
        examples: [],
      },
      { what: 'no call exceeded the budget', broken: beyondBudget + throttled, examples: [] },
    ],
  };
}

/** How a contact's wait went, as far as it was watched. */
interface Wait {
  readonly end: 'answered' | 'abandoned' | 'waiting';
  readonly enqueuedAt: number;
  readonly leftAt: number;
}

function waitOf(seen: SeenContact | undefined, { endedAt }: ScenarioResult): Wait {
  const enqueuedAt = seen?.enqueuedAt ?? endedAt;
  const { connectedAt = Number.POSITIVE_INFINITY, disconnectedAt = Number.POSITIVE_INFINITY } = seen ?? {};
  const leftAt = Math.min(connectedAt, disconnectedAt);
  if (leftAt > endedAt) return { end: 'waiting', enqueuedAt, leftAt: endedAt };
  return { end: connectedAt <= disconnectedAt ? 'answered' : 'abandoned', enqueuedAt, leftAt };
}

interface Judged {
  readonly wait: Wait;
  readonly verdict: ContactVerdict;
}

function tierSummary(tier: Tier, judged: readonly Judged[]): TierSummary {
  const waits = judged.map(({ wait }) => wait);
  const answered = waits.filter(({ end }) => end === 'answered');
  const abandoned = waits.filter(({ end }) => end === 'abandoned').length;
  const seconds = answered.map(({ enqueuedAt, leftAt }) => (leftAt - enqueuedAt) / 1_000);
  const over = answered.length + abandoned;
  return {
    tier,
    contacts: judged.length,
    answered: answered.length,
    abandoned,
    waiting: judged.length - over,
    serviceLevel:
      over === 0 ? undefined : seconds.filter((wait) => wait <= SERVICE_LEVEL_SECONDS).length / over,
    waitMedianSeconds: percentile(seconds, 0.5),
    waitP95Seconds: percentile(seconds, 0.95),
    escalated: judged.filter(({ verdict }) => verdict.made.length > 0).length,
  };
}

/** Applied calls that say just what the contact's applied call before them said. */
function repeated(callsOf: ReadonlyMap<string, readonly SeenCall[]>): string[] {
  return [...callsOf.values()].flatMap((calls) => {
    const applied = calls.filter((call) => call.applied);
    return applied
      .filter(
        (call, index) =>
          index > 0 && JSON.stringify(call.request) === JSON.stringify(applied[index - 1]?.request),
      )
      .map(callText);
  });
}

function promised(what: string, examples: readonly string[]): Promised {
  return { what, broken: examples.length, examples: examples.slice(0, 5) };
}

function missedText(contactId: string, { dueAt, changes, policy }: ExpectedChange): string {
  return `${contactId}: ${JSON.stringify(changes)} by ${policy}, due at ${new Date(dueAt).toISOString()}`;
}

function callText({ contactId, at, request }: SeenCall): string {
  return `${contactId}: ${JSON.stringify(request)} at ${new Date(at).toISOString()}`;
}

function sum<T>(values: readonly T[], size: (value: T) => number): number {
  return values.reduce((total, value) => total + size(value), 0);
}

function countBy(names: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, group]) => [name, group.length]));
}
