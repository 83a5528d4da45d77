import { contactView } from '../../lambda/domain/contact/build-contact-view.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { defined } from '../../lambda/domain/json.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import type { Step } from '../../lambda/domain/policy/policy.ts';
import type { LeftOutStep, PutIn } from '../../lambda/domain/policy/route/put-in.ts';
import { criteriaLast, stepSeconds } from '../../lambda/domain/reconcile/evaluate-policy.ts';
import { factsForPolicy } from '../../lambda/domain/reconcile/known-facts.ts';
import { type PolicyMemory, policyMemory } from '../../lambda/domain/reconcile/policy-memory.ts';
import { filledStep } from '../../lambda/domain/reconcile/route-values.ts';
import { isLeftOut, staffingKey } from '../../lambda/domain/reconcile/unstaffed-steps.ts';
import type { RoutingCriteria } from '../../lambda/domain/routing/criteria.ts';
import type { Routing } from '../../lambda/domain/routing/routing.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import { allHold, type Condition, evaluateConditions } from './conditions.ts';
import type { PolicyText } from './evaluations.ts';

/** A step of the governing policy, evaluated for the contact. */
export interface ExplainedStep {
  /** Index of the step in the text of the policy. The steps of a ramp have the same index. */
  readonly sourceIndex: number;
  /** The time on the policy's clock at which the step is reached. */
  readonly reachedSeconds: number;
  /** As written. */
  readonly set: Routing;
  /** The strings of the contact in its route; absent while they are not known. */
  readonly putIn?: PutIn;
  /** The steps of its route that are left out. */
  readonly leftOut: readonly LeftOutStep[];
  /** The steps of its criteria that are left out since no agent is staffed for them; absent: none. */
  readonly unstaffed?: RoutingCriteria;
  /** The conditions of `when`. */
  readonly conditions: readonly Condition[];
  /**
   * Whether `when` holds. If not, the step is skipped. Undefined if it depends on what is not known.
   */
  readonly applies?: boolean;
  /** True where `when` does not hold any more, and the criteria stay: a signal that has ended brought them about. */
  readonly criteriaStay?: true;
}

/** Describes every step of a policy, and whether its `when` holds for a contact. @param now - milliseconds since the epoch. */
export function explainSteps(
  { policy, text }: PolicyText,
  settings: Settings,
  record: ContactRecord,
  now: number,
): ExplainedStep[] {
  const view = contactView(record, now);
  const facts = factsForPolicy(policy, record);
  const known = policyMemory(policy, record);
  const sources = (readDocument(text).value as { steps?: { when?: unknown }[] } | null)?.steps ?? [];
  return policy.steps.map((step) => {
    const conditions = evaluateConditions(sources[step.sourceIndex]?.when, view, facts);
    const applies = allHold(conditions);
    const stays = applies === false && criteriaLast(step, known, view, facts) !== undefined;
    return {
      sourceIndex: step.sourceIndex,
      reachedSeconds: stepSeconds(step, settings),
      set: step.set,
      ...(facts.attributes ? routeValues(step, view, known) : { leftOut: [] }),
      conditions,
      applies,
      ...(stays && { criteriaStay: true }),
    };
  });
}

function routeValues(step: Step, view: ContactView, known: PolicyMemory) {
  const { set, putIn, leftOut } = filledStep(step, view, known.putIn);
  return { leftOut, ...defined({ putIn, unstaffed: unstaffedOf(step, set, known) }) };
}

function unstaffedOf(
  step: Step,
  { criteria }: Routing,
  { staffing }: PolicyMemory,
): RoutingCriteria | undefined {
  const memory = criteria && staffing?.[staffingKey(step, criteria)];
  const Steps = memory ? criteria.Steps.filter((one) => isLeftOut(one, memory)) : [];
  return Steps.length > 0 ? { Steps } : undefined;
}
