import { formatDuration } from '../../lambda/domain/duration.ts';
import { sameJson } from '../../lambda/domain/json.ts';
import type { Plan } from '../../lambda/domain/reconcile/plan.ts';
import type { Routing, RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import { formatCriteria } from '../wording/routing-words.ts';

interface Decided {
  readonly plan: Plan;
  readonly updates: readonly RoutingUpdate[];
}

/**
 * How a push changes a contact that waits, in words without a subject, so that contacts that change alike have one text:
 * `governed by vip instead of gold-callers; priority 5 rises to 1 at once`.
 *
 * @param applied - the routing in effect, as far as it is known.
 * @returns undefined where it changes nothing.
 */
export function formatContactChange(before: Decided, after: Decided, applied: Routing): string | undefined {
  const governance = formatGovernance(before.plan, after.plan);
  const effect = sameJson(before.updates, after.updates) ? undefined : formatEffect(after.updates, applied);
  if (governance === undefined && effect === undefined) return formatTiming(before.plan, after.plan);
  const place = governance ?? `of ${after.plan.policy ?? 'no policy'}`;
  return `${place}: ${effect ?? 'no change at once'}`;
}

function formatGovernance(before: Plan, after: Plan): string | undefined {
  const [from, to] = [governorOf(before), governorOf(after)];
  return from === to ? undefined : `governed by ${to} instead of ${from}`;
}

function governorOf({ reason, policy }: Plan): string {
  if (policy !== undefined) return policy;
  if (reason === 'needs-queue-name') return 'one that depends on the name of the queue';
  return reason === 'needs-attributes' || reason === 'attributes-later'
    ? 'one that depends on attributes'
    : 'none';
}

function formatEffect(updates: readonly RoutingUpdate[], applied: Routing): string {
  if (updates.length === 0) return 'a change that is due is not made';
  return `${updates.flatMap((update) => updateWords(update, applied)).join(' and ')} at once`;
}

function updateWords(update: RoutingUpdate, { priority, ageSeconds }: Routing): string[] {
  const { QueuePriority: toPriority, QueueTimeAdjustmentSeconds: toAge, RoutingCriteria: criteria } = update;
  return [
    ...(toPriority === undefined ? [] : [numberWords('priority', priority ?? 0, toPriority, String)]),
    ...(toAge === undefined ? [] : [numberWords('age', ageSeconds ?? 0, toAge, formatDuration)]),
    ...(criteria === undefined ? [] : [`route ${formatCriteria(criteria)}`]),
  ];
}

/** A lower priority number and a higher age are more urgent: both rise. */
function numberWords(
  name: 'priority' | 'age',
  from: number,
  to: number,
  format: (value: number) => string,
): string {
  const rises = name === 'priority' ? to < from : to > from;
  const verb = from === to ? 'is confirmed as' : rises ? 'rises to' : 'falls to';
  return `${name} ${format(from)} ${verb} ${format(to)}`;
}

/** The same policy, and the same routing now: only later steps may change. */
function formatTiming({ wakeAt: was }: Plan, { wakeAt: is, policy = 'no policy' }: Plan): string | undefined {
  if (was === is) return undefined;
  const [old, next] = [was ?? Number.POSITIVE_INFINITY, is ?? Number.POSITIVE_INFINITY];
  return `of ${policy}: what changes next comes ${next < old ? 'sooner' : 'later'}`;
}
