import type { Condition } from '../../lambda/domain/condition/condition.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import { updateLimits } from '../../lambda/domain/settings.ts';
import { percentile } from '../../sim/statistics/index.ts';
import { auditByAny, type ContactAudit, type ObservedCall } from './audit.ts';
import { INSTANCE, SUPPORT_QUEUE } from './centre-config.ts';
import { conditionSpans, possibleSignals } from './condition-spans.ts';
import type { Tier } from './contacts.ts';
import { type ExpectedChange, expectedChanges } from './expected-changes.ts';
import type { DemoObserver, ObservedContact } from './observer.ts';
import { peakLoad } from './peak-load.ts';
import type { DemoResult } from './run.ts';

/** The target time of the service level. */
export const SERVICE_LEVEL_SECONDS = 120;

/** The results of the contacts of a tier. */
export interface TierSummary {
  readonly tier: Tier;
  readonly contacts: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly waiting: number;
  /** Share of the answered and abandoned contacts that were answered within the target time. */
  readonly serviceLevel: number | undefined;
  /** Wait of the answered contacts. */
  readonly waitMedianSeconds: number | undefined;
  readonly waitP95Seconds: number | undefined;
  readonly escalated: number;
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
  /** For each condition that held: how often, and for how many simulated milliseconds in total. */
  readonly conditions: ReadonlyMap<string, { readonly times: number; readonly heldMs: number }>;
  readonly tiers: readonly TierSummary[];
  readonly sloChecks: readonly SloCheck[];
}

/** An objective, and whether it was met. */
export interface SloCheck {
  readonly objective: string;
  readonly violations: number;
  /** Whether a machine that is too slow can be the cause. */
  readonly dependsOnSpeed: boolean;
  readonly examples: readonly string[];
}

/** Summarizes the demo and checks every objective. */
export function summarize(
  result: DemoResult,
  observer: DemoObserver,
  context: PlanContext,
  conditions: readonly Condition[],
): DemoSummary {
  const spans = conditionSpans(
    conditions,
    observer.loads.filter(({ at }) => at <= result.endedAt),
  );
  const callsByContact = Map.groupBy(observer.calls, ({ contactId }) => contactId);
  const audited = result.contacts.map((contact) => {
    const { contactId, channel, initiationMethod, tags, attributes, routing } = contact.arrival;
    const wait = toWait(observer.contacts.get(contactId), result);
    const angryAt = result.angryAt.get(contactId);
    const ofFlow = angryAt === undefined ? [] : [{ name: 'angry-customer', at: angryAt }];
    const possibilities = possibleSignals(spans, wait.enqueuedAt, wait.leftAt).map((ofQueue) =>
      expectedChanges(
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
          signals: [...ofFlow, ...ofQueue],
          leftAt: wait.leftAt,
        },
        context,
      ),
    );
    const audit = auditByAny(possibilities, callsByContact.get(contactId) ?? [], wait.leftAt);
    return { contact, wait, audit };
  });

  const applied = audited.flatMap(({ audit }) => audit.applied);
  const latenessMs = applied.map((change) => change.latenessMs);
  const { maxPerSecond, overBudget } = peakLoad(
    observer.calls.map(({ at }) => at),
    updateLimits(context.settings),
  );
  const throttled = observer.calls.filter((call) => call.throttled).length;
  const tiers = (['platinum', 'gold', 'standard'] as const).map((tier) =>
    summarizeTier(
      tier,
      audited.filter(({ contact }) => contact.tier === tier),
    ),
  );
  return {
    contacts: result.contacts.length,
    answered: sum(tiers, ({ answered }) => answered),
    abandoned: sum(tiers, ({ abandoned }) => abandoned),
    waiting: sum(tiers, ({ waiting }) => waiting),
    changesApplied: applied.length,
    byPolicy: countBy(applied.map(({ policy }) => policy)),
    calls: observer.calls.length,
    throttled,
    callsToDeparted: observer.calls.filter(({ wasQueued }) => !wasQueued).length,
    describeCalls: observer.describeCalls,
    describeThrottled: observer.describeThrottled,
    maxCallsPerSecond: maxPerSecond,
    latenessMedianMs: percentile(latenessMs, 0.5),
    latenessP95Ms: percentile(latenessMs, 0.95),
    departedFirst: sum(audited, ({ audit }) => audit.departedFirst),
    superseded: sum(audited, ({ audit }) => audit.superseded),
    conditions: new Map(
      [...Map.groupBy(spans, ({ name }) => name)].map(([name, ofName]) => [
        name,
        {
          times: ofName.length,
          heldMs: sum(ofName, ({ from, until = result.endedAt }) => until - from),
        },
      ]),
    ),
    tiers,
    sloChecks: [
      checkSlo(
        'every change was applied if its contact was still queued 5 s after it was due',
        audited.flatMap(({ contact, audit }) =>
          audit.missed.map((change) => formatMissed(contact.arrival.contactId, change)),
        ),
        true,
      ),
      checkSlo(
        'no call applied a change that was not due',
        audited.flatMap(({ audit }) => audit.unexpected.map(formatCall)),
        false,
      ),
      checkSlo('no change was applied twice', findRepeatedCalls(callsByContact), false),
      {
        objective: 'no call was made for a contact that was known to have left',
        violations: observer.callsToDeparted,
        dependsOnSpeed: true,
        examples: [],
      },
      {
        objective: 'no call exceeded the quota',
        violations: overBudget + throttled,
        dependsOnSpeed: true,
        examples: [],
      },
    ],
  };
}

/** The wait of a contact until it left or the demo ended. */
interface Wait {
  readonly end: 'answered' | 'abandoned' | 'waiting';
  readonly enqueuedAt: number;
  readonly leftAt: number;
}

function toWait(contact: ObservedContact | undefined, { endedAt }: DemoResult): Wait {
  const { enqueuedAt = endedAt, connectedAt = Infinity, disconnectedAt = Infinity } = contact ?? {};
  const leftAt = Math.min(connectedAt, disconnectedAt);
  if (leftAt > endedAt) return { end: 'waiting', enqueuedAt, leftAt: endedAt };
  return { end: connectedAt <= disconnectedAt ? 'answered' : 'abandoned', enqueuedAt, leftAt };
}

interface AuditedContact {
  readonly wait: Wait;
  readonly audit: ContactAudit;
}

function summarizeTier(tier: Tier, audited: readonly AuditedContact[]): TierSummary {
  const waits = audited.map(({ wait }) => wait);
  const answered = waits.filter(({ end }) => end === 'answered');
  const abandoned = waits.filter(({ end }) => end === 'abandoned').length;
  const seconds = answered.map(({ enqueuedAt, leftAt }) => (leftAt - enqueuedAt) / 1_000);
  const finished = answered.length + abandoned;
  return {
    tier,
    contacts: audited.length,
    answered: answered.length,
    abandoned,
    waiting: audited.length - finished,
    serviceLevel:
      finished === 0 ? undefined : seconds.filter((wait) => wait <= SERVICE_LEVEL_SECONDS).length / finished,
    waitMedianSeconds: percentile(seconds, 0.5),
    waitP95Seconds: percentile(seconds, 0.95),
    escalated: audited.filter(({ audit }) => audit.applied.length > 0).length,
  };
}

/** Applied calls that repeat the contact's previous applied call. */
function findRepeatedCalls(callsByContact: ReadonlyMap<string, readonly ObservedCall[]>): string[] {
  return [...callsByContact.values()].flatMap((calls) => {
    const applied = calls.filter((call) => call.applied);
    return applied
      .filter(
        (call, index) =>
          index > 0 && JSON.stringify(call.request) === JSON.stringify(applied[index - 1]?.request),
      )
      .map(formatCall);
  });
}

function checkSlo(objective: string, violations: readonly string[], dependsOnSpeed: boolean): SloCheck {
  return { objective, violations: violations.length, dependsOnSpeed, examples: violations.slice(0, 5) };
}

function formatMissed(contactId: string, { dueAt, changes, policy }: ExpectedChange): string {
  return `${contactId}: ${JSON.stringify(changes)} by ${policy}, due at ${new Date(dueAt).toISOString()}`;
}

function formatCall({ contactId, at, request }: ObservedCall): string {
  return `${contactId}: ${JSON.stringify(request)} at ${new Date(at).toISOString()}`;
}

function sum<T>(values: readonly T[], size: (value: T) => number): number {
  return values.reduce((total, value) => total + size(value), 0);
}

function countBy(names: readonly string[]): Map<string, number> {
  return new Map([...Map.groupBy(names, (name) => name)].map(([name, group]) => [name, group.length]));
}
