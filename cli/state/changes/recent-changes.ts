import type { ContactKey } from '../../../lambda/domain/contact/contact-key.ts';
import { latestVisit, type QueueVisit } from '../../../lambda/domain/contact/facts.ts';
import { type ContactRecord, HISTORY_LENGTH } from '../../../lambda/domain/contact/record.ts';
import { defined } from '../../../lambda/domain/json.ts';
import type { PlanContext } from '../../../lambda/domain/reconcile/plan.ts';
import { DEFAULT_ROUTING, type RoutingUpdate } from '../../../lambda/domain/routing/routing.ts';
import { type DecisionLine, parseDecisionLine, parseUpdateLine } from '../../explain/history-words.ts';
import type { Urgency } from '../recent-updates.ts';
import { stepNumber } from '../step-number.ts';
import type { Cause } from './cause.ts';

/** A value before and after an update. */
export interface ValueChange {
  /** Absent where the record does not tell. */
  readonly from?: number;
  readonly to: number;
}

/** An update that Connect has accepted, and why it was sent. */
export interface RecentChange extends ContactKey, Cause {
  /** When Connect accepted it, in milliseconds since the epoch. */
  readonly at: number;
  readonly queueArn: string;
  readonly priority?: ValueChange;
  /** In seconds. */
  readonly ageSeconds?: ValueChange;
  /** True where it set other routing criteria. */
  readonly isRerouted?: true;
}

type ChangeContext = Pick<PlanContext, 'policies' | 'settings'>;

/** A line of history that an operator's override left. */
const OVERRIDE = /^override(?: by (.*?))?(?:, sent by .*)?$/;

/**
 * The updates of a contact that Connect has accepted since a moment, as far as its record tells.
 *
 * @param context - the configuration in force.
 * @param since - milliseconds since the epoch.
 * @returns the earliest first.
 */
export function recentChanges(record: ContactRecord, context: ChangeContext, since: number): RecentChange[] {
  const { instanceId, contactId, facts, history } = record;
  const visit = latestVisit(facts);
  if (!visit || !history.some(({ at }) => at > since)) return [];
  const changes: RecentChange[] = [];
  const hasAll = isWhole(record, visit);
  const known = hasAll ? urgencyAtStart(record) : {};
  let decision = hasAll ? undefined : presentDecision(record);
  let actor: string | undefined;
  for (const { at, text, isShadow } of history) {
    if (at < visit.enqueuedAt || isShadow) continue;
    actor = OVERRIDE.exec(text)?.[1] ?? actor;
    decision = parseDecisionLine(text) ?? decision;
    const line = parseUpdateLine(text);
    if (line?.result !== 'applied') continue;
    const values = valueChanges(known, line.update, context.settings.ageAdjustment === 'incremental');
    Object.assign(known, endValues(values));
    if (at <= since) continue;
    changes.push({
      instanceId,
      contactId,
      at,
      queueArn: visit.arn,
      ...values,
      ...(line.update.RoutingCriteria !== undefined && { isRerouted: true }),
      ...causeOf(decision, actor, context),
    });
  }
  return changes;
}

/** Whether no line of the visit was dropped from the history. */
function isWhole({ history }: Pick<ContactRecord, 'history'>, { enqueuedAt }: QueueVisit): boolean {
  return history.length < HISTORY_LENGTH || (history[0]?.at ?? enqueuedAt) < enqueuedAt;
}

function urgencyAtStart({ status }: ContactRecord): Partial<Urgency> {
  const { priority, ageSeconds } = { ...DEFAULT_ROUTING, ...status?.initial };
  return { priority, ageSeconds };
}

/** The present decision, where the line of an earlier one was dropped. */
function presentDecision({ decision }: ContactRecord): DecisionLine | undefined {
  if (!decision) return undefined;
  const { policy, step, override } = decision;
  return { isOverridden: override !== undefined, ...defined({ policy, step }) };
}

function valueChanges(
  { priority, ageSeconds }: Partial<Urgency>,
  { QueuePriority, QueueTimeAdjustmentSeconds }: RoutingUpdate,
  isIncremental: boolean,
): Pick<RecentChange, 'priority' | 'ageSeconds'> {
  const age =
    QueueTimeAdjustmentSeconds === undefined || !isIncremental
      ? QueueTimeAdjustmentSeconds
      : QueueTimeAdjustmentSeconds + (ageSeconds ?? 0);
  return defined({
    priority: QueuePriority === undefined ? undefined : { to: QueuePriority, ...defined({ from: priority }) },
    ageSeconds: age === undefined ? undefined : { to: age, ...defined({ from: ageSeconds }) },
  });
}

function endValues({
  priority,
  ageSeconds,
}: Pick<RecentChange, 'priority' | 'ageSeconds'>): Partial<Urgency> {
  return defined({ priority: priority?.to, ageSeconds: ageSeconds?.to });
}

function causeOf(
  decision: DecisionLine | undefined,
  actor: string | undefined,
  { policies }: ChangeContext,
): Cause {
  if (decision?.isOverridden) return { override: defined({ actor }) };
  return defined({ policy: decision?.policy, step: stepNumber(policies, decision) });
}
