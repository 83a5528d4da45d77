import { contactView } from '../../lambda/domain/contact/contact-view.ts';
import { currentQueue } from '../../lambda/domain/contact/facts.ts';
import { activeOverride, type ContactRecord, type HistoryEntry } from '../../lambda/domain/contact/record.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { type Plan, type PlanContext, plan } from '../../lambda/domain/reconcile/plan.ts';
import type { Routing } from '../../lambda/domain/routing/routing.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { evaluatePolicies, type PolicyEvaluation, type PolicyText } from './evaluations.ts';
import { type ForecastMoment, forecast } from './forecast.ts';
import { type ExplainedStep, explainSteps } from './steps.ts';

/** Why a contact's routing is as it is, and what becomes of it. Times are milliseconds since the epoch. */
export interface Explanation {
  readonly at: number;
  readonly contact: ContactView;
  /** When it was put into its queue. */
  readonly enqueuedAt?: number;
  readonly waits: boolean;
  readonly plan: Plan;
  readonly override?: Routing;
  /** What Connect is known to have in force. */
  readonly applied?: Routing;
  readonly policies: readonly PolicyEvaluation[];
  /** Of the governing policy. */
  readonly steps: readonly ExplainedStep[];
  /** What is decided and sent, and when, if nothing but time passes. */
  readonly timeline: readonly TimelineMoment[];
  /** Where the timeline ends before all is told: when the contact would be looked at next. */
  readonly timelineContinuesAt?: number;
  readonly history: readonly HistoryEntry[];
  /** True while the settings let nothing be sent. */
  readonly paused: boolean;
}

/** A moment, with where the last step reached stands in its policy. */
export interface TimelineMoment extends ForecastMoment {
  readonly source?: number;
}

/** What an explanation is made of. */
export interface ExplainInput {
  readonly record: ContactRecord;
  readonly policies: readonly PolicyText[];
  readonly settings: Settings;
  /** The Region of the deployment; undefined takes the one in which the contact is active. */
  readonly region?: string;
  readonly at: number;
  /** Whether the record is the live one, whose past is in its history, and not one that a file describes. */
  readonly isLive: boolean;
}

const HORIZON_MS = 24 * 3_600_000;

/** Explains a contact at a moment. A contact from a file is followed from its enqueuing on, a live one from then on. */
export function explain({ record, policies, settings, region, at, isLive: live }: ExplainInput): Explanation {
  const context: PlanContext = {
    policies: createPolicySet(policies.map(({ policy }) => policy)),
    settings,
    region: region ?? record.facts?.activeRegion?.value ?? '',
    instances: [record.instanceId],
  };
  const view = contactView(record, at);
  const planned = plan(record, context, at);
  const enqueuedAt = enqueuedAtOf(record);
  const from = live ? at : Math.min(at, enqueuedAt ?? at);
  const { moments, nextReconcileAt: nextAt } = forecast(record, context, from, at + HORIZON_MS);
  const override = activeOverride(record, at);
  const governing = policies.find(({ policy }) => policy.name === planned.policy);
  return {
    at,
    contact: view,
    ...(enqueuedAt === undefined ? {} : { enqueuedAt }),
    waits: record.facts !== undefined && currentQueue(record.facts) !== undefined,
    plan: planned,
    ...(override ? { override } : {}),
    ...(record.status ? { applied: record.status.applied } : {}),
    policies: evaluatePolicies(policies, planned, record, at),
    steps: governing ? explainSteps(governing, settings, record, at) : [],
    timeline: moments.map((moment) => withSourceStep(moment, policies)),
    ...(nextAt === undefined ? {} : { timelineContinuesAt: nextAt }),
    history: record.history,
    paused: settings.pause,
  };
}

/** When the contact was put into the queue that it waits in, or was last. */
export function enqueuedAtOf({ facts }: ContactRecord): number | undefined {
  return (facts && currentQueue(facts))?.enqueuedAt ?? facts?.queue?.enqueuedAt;
}

function withSourceStep(moment: ForecastMoment, policies: readonly PolicyText[]): TimelineMoment {
  const governing = policies.find(({ policy }) => policy.name === moment.plan.policy)?.policy;
  const source = governing?.steps[moment.plan.step ?? -1]?.sourceIndex;
  return { ...moment, ...(source === undefined ? {} : { source }) };
}
