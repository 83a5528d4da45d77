import type { ContactRecord } from '../contact/record.ts';
import { defined } from '../json.ts';
import { matches, withoutField } from '../pattern/index.ts';
import type { ContactView } from '../policy/contact-view.ts';
import { type KnownFacts, knownPart } from '../policy/known-facts.ts';
import type { Policy, Step } from '../policy/policy.ts';
import type { LastingCriteria } from '../policy/steps/lasting-criteria.ts';
import type { Staffing } from '../queue/staffing.ts';
import { afterSet, type Routing, withoutUrgency } from '../routing/routing.ts';
import type { Settings } from '../settings.ts';
import { factsForPolicy } from './known-facts.ts';
import { clockStart, whenPolicyClockShows } from './policy-clock.ts';
import { type PolicyMemory, policyMemory } from './policy-memory.ts';
import { type FilledStep, filledStep, stepKey } from './route-values.ts';
import { type TargetAge, targetAge } from './target-age.ts';
import { staffedStep, staffingKey } from './unstaffed-steps.ts';

/** What a policy wants for one contact at one moment. */
export interface PolicyResult extends PolicyMemory {
  /** Index of the last step reached; absent before the first. */
  readonly step?: number;
  /** What the target and the steps reached set together. */
  readonly desired: Routing;
  /** When the last of them was reached, in milliseconds since the epoch. */
  readonly reachedAt?: number;
  /** When the next step is reached. */
  readonly wakeAt?: number;
  readonly target?: TargetAge;
  /** Expressions of its criteria whose figures the result depends on; absent: none. */
  readonly wantedStaffing?: readonly string[];
}

/** The age of the target, and what the steps that the policy's clock has reached set together. */
export function evaluatePolicy(
  policy: Policy,
  record: ContactRecord,
  view: ContactView,
  settings: Settings,
  now: number,
  staffing: Staffing = {},
): PolicyResult {
  const target = targetAge(policy, record, settings);
  const steps = evaluateSteps(policy, record, view, settings, now, staffing);
  if (!target || target.ageSeconds <= 0) return { ...steps, ...defined({ target }) };
  return {
    ...steps,
    target,
    desired: { ageSeconds: target.ageSeconds, ...steps.desired },
    reachedAt: steps.reachedAt ?? target.rankedAt,
  };
}

/** What the steps that the policy's clock has reached set together, and when the clock reaches the next one. */
function evaluateSteps(
  policy: Policy,
  record: ContactRecord,
  view: ContactView,
  settings: Settings,
  now: number,
  staffing: Staffing,
): PolicyResult {
  const facts = factsForPolicy(policy, record);
  const start = clockStart(policy, record);
  const known = policyMemory(policy, record);
  let result: PolicyResult = { desired: {} };
  let latestAt = start;
  for (const [index, step] of policy.steps.entries()) {
    // Listed order is time order: a routing lag longer than the default does not reorder steps.
    latestAt = Math.max(reachedAt(step, policy, record, start, settings), latestAt);
    if (latestAt > now)
      return latestAt === Number.POSITIVE_INFINITY ? result : { ...result, wakeAt: latestAt };
    const condition = knownPart(step.condition, step.conditionWithoutAttributes, facts);
    const isMatch = !condition || matches(condition, view);
    const lasting = criteriaLast(step, known, view, facts);
    if (!isMatch && !lasting) continue;
    // As long as attributes are not known, the route as it is written shows that they make a difference.
    const filled: Partial<FilledStep> = facts.attributes ? filledStep(step, view, known.putIn) : {};
    const { set: whole = step.set, putIn } = filled;
    const key = stepKey(step);
    const criteria = policy.skipUnstaffed && facts.attributes ? whole.criteria : undefined;
    const staffingOf = criteria ? staffingKey(step, criteria) : '';
    const staffed =
      criteria &&
      staffedStep({ ...whole, criteria }, known.staffing?.[staffingOf], staffing, now, settings.pause);
    const { set, memory, wanted = [] } = staffed ?? { set: whole };
    result = {
      ...result,
      ...(isMatch && { step: index, reachedAt: latestAt }),
      desired: afterSet(result.desired, isMatch ? set : withoutUrgency(set)),
      // Steps of one time share what is kept.
      ...(putIn && { putIn: { ...result.putIn, [key]: { ...result.putIn?.[key], ...putIn } } }),
      ...(memory && { staffing: { ...result.staffing, [staffingOf]: memory } }),
      ...(whole.criteria && { wantedStaffing: wanted }),
      ...(lasting && { lasting: [...(result.lasting ?? []), lasting.key] }),
    };
  }
  return result;
}

/** The criteria of a step that a signal has brought about, in this visit or just now, and that therefore stay. */
export function criteriaLast(
  { lasting }: Step,
  known: PolicyMemory,
  view: ContactView,
  facts: KnownFacts,
): LastingCriteria | undefined {
  if (!lasting) return undefined;
  const pattern = known.lasting?.includes(lasting.key) ? lasting.stay : lasting.begin;
  const part = knownPart(pattern, facts.attributes ? pattern : withoutField(pattern, 'attributes'), facts);
  return part && matches(part, view) ? lasting : undefined;
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
