import type { ContactFacts } from '../../lambda/domain/contact/facts.ts';
import { queueVisitId } from '../../lambda/domain/contact/facts.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { defined } from '../../lambda/domain/json.ts';
import { type PlanContext, plan } from '../../lambda/domain/reconcile/plan.ts';
import {
  DEFAULT_ROUTING,
  isEmptyRouting,
  type Routing,
  routingChanges,
  targetRouting,
} from '../../lambda/domain/routing/routing.ts';
import { INSTANCE } from './centre-config.ts';

/** The actual state of a contact, as the centre and the demo know it. */
export interface GroundTruth {
  readonly facts: ContactFacts;
  readonly attributes: Readonly<Record<string, string>>;
  /** The routing that the flow set before it queued the contact. */
  readonly initialRouting: Routing;
  /** Default: the queue has none. */
  readonly queueName?: string;
  /** The signals that it has, with their times in milliseconds since the epoch. Without `until` they do not end. */
  readonly signals: readonly { readonly name: string; readonly at: number; readonly until?: number }[];
  /** From when on the system knows of it, in milliseconds since the epoch. Default: since it was queued. */
  readonly knownAt?: number;
  /** When the contact left the queue or the observation ended, in milliseconds since the epoch. */
  readonly leftAt: number;
}

/** A change that is due according to the policies. */
export interface ExpectedChange {
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  readonly changes: Routing;
  readonly policy: string;
}

/**
 * The changes that are due during the wait of a contact. They are computed from the ground truth alone,
 * without queues, tables or timers, for a comparison with the actual calls.
 */
export function expectedChanges(truth: GroundTruth, context: PlanContext): ExpectedChange[] {
  const expected: ExpectedChange[] = [];
  let applied: Routing = { ...DEFAULT_ROUTING, ...truth.initialRouting };
  let now: number | undefined = truth.knownAt ?? truth.facts.queue?.enqueuedAt;
  while (now !== undefined && now < truth.leftAt && queueVisitId(truth.facts) !== undefined) {
    const at: number = now;
    const planned = plan(recordAt(truth, context, at), context, at);
    if (planned.policy !== undefined) {
      const target = targetRouting({ applied, desired: planned.desired, allowLower: planned.allowLower });
      const changes = routingChanges(target, applied);
      if (!isEmptyRouting(changes)) expected.push({ dueAt: at, changes, policy: planned.policy });
      applied = target;
    }
    const moments = truth.signals.flatMap((signal) => [signal.at, signal.until]);
    const later = [planned.wakeAt, ...moments].filter((time) => time !== undefined && time > at) as number[];
    now = later.length === 0 ? undefined : Math.min(...later);
  }
  return expected;
}

function recordAt(truth: GroundTruth, context: PlanContext, now: number): ContactRecord {
  const active = truth.signals.filter(({ at, until = Number.POSITIVE_INFINITY }) => at <= now && now < until);
  return {
    ...emptyRecord(truth.facts),
    facts: truth.facts,
    signals: Object.fromEntries(active.map(({ name, at }) => [name, { at }])),
    attributes: { changedAt: 0, names: context.policies.attributeNames, values: truth.attributes },
    ...(truth.facts.queue && {
      queueName: defined({ queueArn: truth.facts.queue.arn, value: truth.queueName }),
    }),
  };
}

/** What `plan` depends on in the demo besides the contact. */
export function planContext({ policies, settings }: Pick<PlanContext, 'policies' | 'settings'>): PlanContext {
  return { policies, settings, region: INSTANCE.region, instances: [INSTANCE.id] };
}
