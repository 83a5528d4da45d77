import type { Condition as LoadCondition } from '../../lambda/domain/condition/condition.ts';
import { contactView } from '../../lambda/domain/contact/build-contact-view.ts';
import { currentQueue, latestVisit } from '../../lambda/domain/contact/facts.ts';
import {
  activeOverride,
  type ContactRecord,
  type HistoryEntry,
  type Override,
} from '../../lambda/domain/contact/record.ts';
import type { Shadow } from '../../lambda/domain/contact/shadows.ts';
import { defined } from '../../lambda/domain/json.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import { type Plan, type PlanContext, plan } from '../../lambda/domain/reconcile/plan.ts';
import type { Routing } from '../../lambda/domain/routing/routing.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { evaluatePolicies, type PolicyEvaluation, type PolicyText } from './evaluations.ts';
import { type ForecastMoment, forecast } from './forecast.ts';
import { stepInHistory } from './history-words.ts';
import type { PlaceInLine } from './place-in-line.ts';
import { type ExplainedStep, explainSteps } from './steps.ts';

/** The routing of a contact, its causes and its forecast. Times are milliseconds since the epoch. */
export interface Explanation {
  /** The moment that is explained. */
  readonly at: number;
  readonly contact: ContactView;
  /** When the contact entered its latest queue. */
  readonly enqueuedAt?: number;
  readonly isQueued: boolean;
  readonly plan: Plan;
  readonly override?: Routing;
  /** Who ordered the override, while it holds. */
  readonly overriddenBy?: Pick<Override, 'at' | 'until' | 'actor' | 'reason' | 'sender' | 'originalSender'>;
  /** What is assumed of conditions on the load of its queue, which is not known; absent where none is in question. */
  readonly assumedConditions?: readonly AssumedCondition[];
  /** The routing in effect in Connect, as far as it is known. */
  readonly applied?: Routing;
  readonly policies: readonly PolicyEvaluation[];
  /** What observing policies that let the contact in would have done by now, each as if it alone were enforced. */
  readonly shadows: readonly ExplainedShadow[];
  /** The steps of the governing policy. */
  readonly steps: readonly ExplainedStep[];
  /** Decisions and updates, if the contact remains in its queue and no event or message arrives. */
  readonly timeline: readonly TimelineMoment[];
  /** The next reconcile after the timeline. Undefined if nothing follows. */
  readonly timelineContinuesAt?: number;
  readonly history: readonly ExplainedHistoryEntry[];
  /** Whether no update is sent. */
  readonly isPaused: boolean;
  /** Why no update is sent, one sentence for each reason. */
  readonly stopped: readonly string[];
  /** Where the contact stands in its queue now. Undefined where that is not known. */
  readonly place?: PlaceInLine;
  /** The time zone in which people read the times: that of the governing policy, or the reader's. */
  readonly timezone: string;
}

export interface ExplainedHistoryEntry extends HistoryEntry {
  /** Index of the step that it names in the text of its policy, where a policy of that name has such a step. */
  readonly sourceIndex?: number;
}

/** What is assumed of a condition on the load of the contact's queue. */
export interface AssumedCondition {
  readonly name: string;
  /** True where the contact is given with the condition's signal. */
  readonly holds: boolean;
}

export interface TimelineMoment extends ForecastMoment {
  /** Index of the last reached step in the text of its policy. */
  readonly sourceIndex?: number;
}

export interface ExplainedShadow extends Shadow {
  /** Index of the last reached step in the text of its policy. */
  readonly sourceIndex?: number;
}

export interface ExplainInput {
  readonly record: ContactRecord;
  readonly policies: readonly PolicyText[];
  /** The conditions that policies name and of which nobody knows whether they hold. Default: none. */
  readonly conditions?: readonly Pick<LoadCondition, 'name' | 'queues'>[];
  readonly settings: Settings;
  /** Why the settings have `pause`, one sentence for each reason. */
  readonly stopped: readonly string[];
  /** The Region of the deployment. Default: the Region in which the contact is active. */
  readonly region?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Whether the record is from the table. Its timeline starts at `at`; its history has what came before. */
  readonly isLive: boolean;
  readonly place?: PlaceInLine | undefined;
  /** The time zone of the reader. */
  readonly timezone: string;
  /** Whether the reader asked for that zone, so that it goes before the policy's. */
  readonly isZoneGiven?: boolean;
}

/** How far the timeline goes. */
export const HORIZON_MS = 24 * 3_600_000;

/** Explains a contact. The timeline of a contact from a file starts when it was enqueued. */
export function explainContact({
  record,
  policies,
  conditions = [],
  settings,
  stopped,
  region,
  at,
  isLive,
  place,
  timezone,
  isZoneGiven = false,
}: ExplainInput): Explanation {
  const context: PlanContext = {
    policies: createPolicySet(policies.map(({ policy }) => policy)),
    settings,
    region: region ?? record.facts?.activeRegion?.value ?? '',
    instances: [record.instanceId],
  };
  const planAt = plan(record, context, at);
  const enqueuedAt = enqueuedAtOf(record);
  const start = isLive ? at : Math.min(at, enqueuedAt ?? at);
  const { moments, nextReconcileAt } = forecast(record, context, start, at + HORIZON_MS);
  const { record: recordAt } = forecast(record, context, start, at);
  const contact = contactView(record, at);
  const inQuestion = conditions.filter(({ queues }) => mayBeAbout(queues, contact));
  const governing = policies.find(({ policy }) => policy.name === planAt.policy);
  return {
    at,
    contact,
    enqueuedAt,
    isQueued: currentQueue(record.facts) !== undefined,
    plan: planAt,
    override: activeOverride(record, at),
    overriddenBy: activeOverride(record, at) && record.override,
    applied: record.status?.applied,
    policies: evaluatePolicies(policies, planAt, record, at),
    shadows: (recordAt.shadows?.policies ?? [])
      .filter(({ policy }) => planAt.shadows?.policies.some((one) => one.policy === policy))
      .map((shadow) => ({ ...shadow, sourceIndex: sourceIndexOf(shadow, policies) })),
    steps: governing ? explainSteps(governing, settings, recordAt, at) : [],
    timeline: moments.map((moment) => ({ ...moment, sourceIndex: sourceIndexOf(moment.plan, policies) })),
    timelineContinuesAt: nextReconcileAt,
    history: record.history.map((entry) => {
      const sourceIndex = sourceIndexOf(stepInHistory(entry.text) ?? {}, policies);
      return { ...entry, ...defined({ sourceIndex }) };
    }),
    isPaused: settings.pause,
    stopped,
    ...(inQuestion.length > 0 && {
      assumedConditions: inQuestion.map(({ name }) => ({ name, holds: contact.signals.includes(name) })),
    }),
    ...defined({ place }),
    timezone: isZoneGiven ? timezone : (zoneOf(governing?.policy) ?? timezone),
  };
}

/** The time zone of a policy's hours, or of the calendar by which its clock runs. */
function zoneOf(policy: Policy | undefined): string | undefined {
  return policy?.during?.timezone ?? policy?.clock.calendar?.timezone;
}

/** Whether a condition on these queues may be about that of the contact: only an ARN says which queue it is. */
function mayBeAbout(queues: LoadCondition['queues'], { queue }: ContactView): boolean {
  if (!queues || !queue?.arn) return true;
  const key = queueStateKey(queue.arn);
  return queues.some((named) => !named.startsWith('arn:') || queueStateKey(named) === key);
}

/** When the contact entered the queue that it is in, or was in last. */
export function enqueuedAtOf({ facts }: ContactRecord): number | undefined {
  return latestVisit(facts)?.enqueuedAt;
}

function sourceIndexOf(
  { policy: name, step = -1 }: Pick<Plan, 'policy' | 'step'>,
  policies: readonly PolicyText[],
): number | undefined {
  return policies.find(({ policy }) => policy.name === name)?.policy.steps[step]?.sourceIndex;
}
