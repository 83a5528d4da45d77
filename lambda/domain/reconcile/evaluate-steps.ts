import { attributesAreKnown } from '../contact/attributes.ts';
import { latestVisit } from '../contact/facts.ts';
import { endedAt, whenClockShows } from '../contact/pauses.ts';
import type { ContactRecord } from '../contact/record.ts';
import { matches } from '../pattern/index.ts';
import type { ContactView } from '../policy/contact-view.ts';
import type { Policy, Step } from '../policy/policy.ts';
import type { Routing } from '../routing/routing.ts';
import type { Settings } from '../settings.ts';

/** The steps of a policy for one contact at one moment. */
export interface StepResult {
  readonly step?: number;
  readonly desired: Routing;
  readonly reachedAt?: number;
  readonly wakeAt?: number;
}

/** What the steps that the policy's clock has reached set together, and when the clock reaches the next one. */
export function evaluateSteps(
  policy: Policy,
  record: ContactRecord,
  view: ContactView,
  settings: Settings,
  now: number,
): StepResult {
  const isKnown = allAttributesKnown(policy, record);
  const start = clockStart(policy, record);
  let result: StepResult = { desired: {} };
  let latestAt = start;
  for (const [index, step] of policy.steps.entries()) {
    // Listed order is time order: a routing lag longer than the default does not reorder steps.
    latestAt = Math.max(reachedAt(step, policy, record, start, settings), latestAt);
    if (latestAt > now)
      return latestAt === Number.POSITIVE_INFINITY ? result : { ...result, wakeAt: latestAt };
    const condition = isKnown ? step.condition : step.conditionWithoutAttributes;
    if (condition && !matches(condition, view)) continue;
    const { priority: _priority, ageSeconds: _ageSeconds, ...others } = result.desired;
    const setsUrgency = step.set.priority !== undefined || step.set.ageSeconds !== undefined;
    const rest = setsUrgency ? others : result.desired;
    result = { step: index, desired: { ...rest, ...step.set }, reachedAt: latestAt };
  }
  return result;
}

/** Seconds on the policy's clock at which a step is reached. */
export function stepSeconds(step: Step, settings: Settings): number {
  return step.timing === 'after' ? step.seconds : Math.max(0, step.seconds - settings.routingLagSeconds);
}

/** When the policy's clock reaches a step. The routing lag runs on while the clock stands still. */
function reachedAt(
  step: Step,
  policy: Policy,
  record: ContactRecord,
  start: number,
  settings: Settings,
): number {
  const shownAt = whenPolicyClockShows(step.seconds * 1_000, policy, record, start);
  return step.timing === 'after' ? shownAt : Math.max(start, shownAt - settings.routingLagSeconds * 1_000);
}

function whenPolicyClockShows(
  shownMs: number,
  { pausedCounts, clock: { from, calendar } }: Policy,
  { facts, chain }: ContactRecord,
  start: number,
): number {
  if (pausedCounts) return whenClockShows(start, shownMs, { calendar });
  const before = from === 'firstEnqueued' && chain ? endedAt(chain, latestVisit(facts)?.enqueuedAt) : {};
  return whenClockShows(start, shownMs, { facts, before, calendar });
}

function clockStart({ clock }: Policy, { facts, chain }: ContactRecord): number {
  const enqueuedAt = latestVisit(facts)?.enqueuedAt ?? 0;
  switch (clock.from) {
    case 'enqueued':
      return enqueuedAt;
    case 'firstEnqueued':
      return Math.min(enqueuedAt, facts?.firstEnqueuedAt ?? enqueuedAt, chain?.firstEnqueuedAt ?? enqueuedAt);
    case 'initiated':
      return facts?.initiatedAt ?? enqueuedAt;
  }
}

/** True when every attribute that the policy names is known. */
export function allAttributesKnown(policy: Policy, record: ContactRecord): boolean {
  return policy.attributeNames.length === 0 || attributesAreKnown(record, policy.attributeNames);
}
