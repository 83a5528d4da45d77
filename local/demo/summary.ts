import { needsMetrics } from '../../lambda/domain/condition/condition.ts';
import { updateLimits } from '../../lambda/domain/settings.ts';
import { tierOfContact } from '../../sim/scenario/index.ts';
import { percentile } from '../../sim/statistics/index.ts';
import { type AuditedContact, auditContacts, type LeftOut } from './audit-contacts.ts';
import { concernsQueue, conditionSpans } from './condition-spans.ts';
import { checkObjectives, type SloCheck } from './objectives.ts';
import type { DemoObserver } from './observer.ts';
import { peakLoad } from './peak-load.ts';
import type { DemoResult } from './run.ts';
import { type TierFigures, tierFigures } from './tier-figures.ts';
import { waitWithin } from './visits.ts';

/** The results of the contacts of a tier. */
export interface TierSummary extends TierFigures {
  readonly tier: string;
  /** Those for which a call was applied. */
  readonly escalated: number;
  /** What becomes of the same customers without policies. */
  readonly baseline: TierFigures;
}

/** What the objectives leave out, since a person stepped in or the demo cannot see it. */
export interface NotJudged extends Readonly<Record<LeftOut, number>> {
  /** Changes that were due while calls were paused, and were not made until their contact left or the demo ended. */
  readonly heldBack: number;
}

/** The results of the demo. Lateness is in simulated milliseconds. */
export interface DemoSummary {
  readonly contacts: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly waiting: number;
  readonly changesApplied: number;
  readonly byPolicy: ReadonlyMap<string, number>;
  readonly calls: number;
  readonly throttled: number;
  /** Calls for contacts that had left. */
  readonly callsToDeparted: number;
  readonly describeCalls: number;
  readonly describeThrottled: number;
  readonly maxCallsPerSecond: number;
  readonly latenessMedianMs: number | undefined;
  readonly latenessP95Ms: number | undefined;
  readonly departedFirst: number;
  readonly superseded: number;
  /** For each condition that held: how often, and for how many simulated milliseconds, in all queues together. */
  readonly conditions: ReadonlyMap<string, { readonly times: number; readonly heldMs: number }>;
  /** The target time of the service level. */
  readonly serviceLevelSeconds: number;
  readonly tiers: readonly TierSummary[];
  readonly sloChecks: readonly SloCheck[];
  readonly notJudged: NotJudged;
}

/** Summarizes the demo and checks every objective. */
export function summarize(result: DemoResult, observer: DemoObserver): DemoSummary {
  const audited = auditContacts(result, observer);
  const audits = audited.flatMap(({ audit }) => (typeof audit === 'string' ? [] : [audit]));
  const applied = audits.flatMap((audit) => audit.applied);
  const latenessMs = applied.map((change) => change.latenessMs);
  const { serviceLevelSeconds, settings } = result.setup.scenario;
  const tiers = summarizeTiers(audited, result);
  const leftOut = (reason: LeftOut) => audited.filter(({ audit }) => audit === reason).length;
  return {
    contacts: audited.length,
    answered: sum(tiers, ({ answered }) => answered),
    abandoned: sum(tiers, ({ abandoned }) => abandoned),
    waiting: sum(tiers, ({ waiting }) => waiting),
    changesApplied: applied.length,
    byPolicy: countBy(applied.map(({ policy }) => policy)),
    calls: observer.calls.length,
    throttled: observer.calls.filter((call) => call.throttled).length,
    callsToDeparted: observer.calls.filter(({ wasQueued }) => !wasQueued).length,
    describeCalls: observer.describeCalls,
    describeThrottled: observer.describeThrottled,
    maxCallsPerSecond: peakLoad(
      observer.calls.map(({ at }) => at),
      updateLimits(settings),
    ).maxPerSecond,
    latenessMedianMs: percentile(latenessMs, 0.5),
    latenessP95Ms: percentile(latenessMs, 0.95),
    departedFirst: sum(audits, (audit) => audit.departedFirst),
    superseded: sum(audits, (audit) => audit.superseded),
    conditions: heldConditions(result, observer),
    serviceLevelSeconds,
    tiers,
    sloChecks: checkObjectives(audited, observer, result),
    notJudged: {
      heldBack: sum(audits, (audit) => audit.heldBack),
      touched: leftOut('touched'),
      edited: leftOut('edited'),
      unseen: leftOut('unseen'),
    },
  };
}

function summarizeTiers(audited: readonly AuditedContact[], result: DemoResult): TierSummary[] {
  const { scenario, baseline } = result.setup;
  const tierOf = tierOfContact(scenario);
  const { serviceLevelSeconds } = scenario;
  return scenario.tiers.map((tier) => {
    const ofTier = audited.filter((contact) => contact.tier === tier);
    const withoutPolicies = [...baseline].flatMap(([contactId, visit]) =>
      tierOf(contactId) === tier ? (waitWithin(visit, result.window) ?? []) : [],
    );
    return {
      tier,
      ...tierFigures(
        ofTier.map(({ wait }) => wait),
        serviceLevelSeconds,
      ),
      escalated: ofTier.filter(({ calls }) => calls.some((call) => call.applied)).length,
      baseline: tierFigures(withoutPolicies, serviceLevelSeconds),
    };
  });
}

/** The conditions that held by what Connect answered, those of the policies at the start. */
function heldConditions({ setup, window }: DemoResult, observer: DemoObserver): DemoSummary['conditions'] {
  const conditions = setup.policies.configuration.conditions.filter(needsMetrics);
  const reads = observer.loads.filter(({ at }) => at <= window.endsAt);
  const spans = [...Map.groupBy(reads, ({ queueId }) => queueId)].flatMap(([queueId, ofQueue]) =>
    conditionSpans(
      conditions.filter((condition) => concernsQueue(condition, queueId)),
      ofQueue,
    ),
  );
  return new Map(
    [...Map.groupBy(spans, ({ name }) => name)].map(([name, ofName]) => [
      name,
      {
        times: ofName.length,
        heldMs: sum(ofName, ({ from, until = window.endsAt }) => until - from),
      },
    ]),
  );
}

function sum<T>(values: readonly T[], size: (value: T) => number): number {
  return values.reduce((total, value) => total + size(value), 0);
}

function countBy(names: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, group]) => [name, group.length]));
}
