import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import type { PlanReason } from '../../lambda/domain/contact/decision.ts';
import { currentQueue } from '../../lambda/domain/contact/facts.ts';
import { isPaused } from '../../lambda/domain/contact/pauses.ts';
import { activeOverride, type ContactRecord, type Override } from '../../lambda/domain/contact/record.ts';
import { activeSignals } from '../../lambda/domain/contact/signals.ts';
import { defined } from '../../lambda/domain/json.ts';
import { describeNeed } from '../../lambda/domain/reconcile/description.ts';
import { pendingWork, rejectedPart } from '../../lambda/domain/reconcile/pending-work.ts';
import { type PlanContext, plan } from '../../lambda/domain/reconcile/plan.ts';
import type { Routing } from '../../lambda/domain/routing/routing.ts';
import { isEscalated } from './escalated.ts';
import { type Rank, rankOf } from './rank.ts';
import { stepNumber } from './step-number.ts';

/** What keeps the routing of a contact from being what its policy asks for. */
export type Hold =
  /** Calls are stopped. */
  | 'calls-stopped'
  /** Connect rejected the update, or its criteria alone. */
  | 'rejected'
  /** An attempt failed, and the next one is not due yet. */
  | 'retry'
  /** DescribeContact has not answered yet. */
  | 'question'
  /** More is due than the quota allows, or dispatch is about to send it. */
  | 'turn'
  /** Urgency never falls, unless the policy says so. */
  | 'ratchet'
  /** A supervisor's override stands in place of the policy. */
  | 'override';

/** A change that is due and not made yet. */
export interface DueChange {
  /** What it sets. */
  readonly changes: Routing;
  /** Since when it is due, in milliseconds since the epoch; absent where the record does not tell. */
  readonly since?: number;
}

/** A contact that waits in a queue, as far as its record tells. Times are milliseconds since the epoch. */
export interface WaitingContact extends ContactKey, Rank {
  readonly queueArn: string;
  readonly enqueuedAt: number;
  /** When the first contact of its transfer chain entered a queue, where that was earlier. */
  readonly firstEnqueuedAt?: number;
  readonly channel?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Those that hold now, conditions of its queue included. */
  readonly signals: readonly string[];
  /** Whether it is a task that is paused: Connect offers it to nobody. */
  readonly isPaused: boolean;
  /** True where Connect has accepted more urgency for it than it had when it entered its queue, or another route. */
  readonly isEscalated?: true;
  /** Why it was last decided as it was; absent before the first decision. */
  readonly reason?: PlanReason;
  /** The policy that governs it. */
  readonly policy?: string;
  /** The step of the policy that was reached last, from 1, as its text lists them. */
  readonly step?: number;
  readonly override?: Pick<Override, 'at' | 'set' | 'until' | 'actor' | 'reason'>;
  /** When the target of its policy says that it should be answered. */
  readonly targetAt?: number;
  readonly due?: DueChange;
  readonly holds: readonly Hold[];
}

/**
 * Describes a contact that waits.
 *
 * @param context - the configuration in force.
 * @param now - milliseconds since the epoch.
 * @returns undefined where the contact waits in no queue, or Connect no longer knows it.
 */
export function waitingContact(
  record: ContactRecord,
  context: PlanContext,
  now: number,
): WaitingContact | undefined {
  const { facts, decision, override, instanceId, contactId } = record;
  const queue = currentQueue(facts);
  if (!facts || !queue || record.closedAt !== undefined) return undefined;
  const { policy } = decision ?? {};
  const work = pendingWork(record);
  const firstEnqueuedAt = record.chain?.firstEnqueuedAt ?? facts.firstEnqueuedAt;
  return {
    ...rankOf(record, context.settings, now),
    instanceId,
    contactId,
    queueArn: queue.arn,
    enqueuedAt: queue.enqueuedAt,
    tags: facts.tags?.value ?? {},
    signals: activeSignals(record, now),
    isPaused: isPaused(facts),
    holds: holdsOf(record, context.settings, now),
    ...defined({
      firstEnqueuedAt:
        firstEnqueuedAt !== undefined && firstEnqueuedAt < queue.enqueuedAt ? firstEnqueuedAt : undefined,
      channel: facts.channel,
      reason: decision?.reason,
      isEscalated: isEscalated(record) ? (true as const) : undefined,
      policy,
      step: stepNumber(context.policies, decision),
      override: activeOverride(record, now) && override && overrideOf(override),
      targetAt: plan(record, context, now).target?.dueAt,
      due:
        work?.kind === 'update'
          ? { changes: work.changes, ...defined({ since: decision?.dueAt }) }
          : undefined,
    }),
  };
}

function overrideOf({ at, set, until, actor, reason }: Override): WaitingContact['override'] {
  return { at, ...defined({ set, until, actor, reason }) };
}

function holdsOf(
  record: ContactRecord,
  { pause, ageAdjustment }: PlanContext['settings'],
  now: number,
): Hold[] {
  const { status, decision } = record;
  const holds: Hold[] = [];
  const work = pendingWork(record);
  if (activeOverride(record, now)) holds.push('override');
  if (status && decision && rejectedPart(status, decision) !== 'none') holds.push('rejected');
  if (isKeptUrgent(record)) holds.push('ratchet');
  if (!work) return holds;
  if (pause) return [...holds, 'calls-stopped'];
  if (describeNeed(work, ageAdjustment) === 'required') return [...holds, 'question'];
  const retryAt = status?.retryAt ?? 0;
  return [...holds, retryAt > now ? 'retry' : 'turn'];
}

/** Whether the policy asks for less urgency than the contact has, and may not lower it. */
function isKeptUrgent({ status, decision }: ContactRecord): boolean {
  if (!status || !decision || decision.allowLower || decision.override) return false;
  const { applied } = status;
  const { priority, ageSeconds } = decision.desired;
  const isLower = (wanted: number | undefined, has: number | undefined, sign: 1 | -1) =>
    wanted !== undefined && has !== undefined && sign * (wanted - has) > 0;
  return isLower(priority, applied.priority, 1) || isLower(ageSeconds, applied.ageSeconds, -1);
}
