import { attributesAreKnown } from '../../lambda/domain/contact/attributes.ts';
import { contactView } from '../../lambda/domain/contact/contact-view.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { stepSeconds } from '../../lambda/domain/reconcile/evaluate-steps.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import type { Routing } from '../../lambda/domain/routing/routing.ts';
import { readDocument } from '../../lambda/domain/validation/document.ts';
import { allHold, type Condition, evaluateConditions } from './conditions.ts';
import type { PolicyText } from './evaluations.ts';

/** A step of the governing policy, as this contact meets it. */
export interface ExplainedStep {
  /** Index of the step in the policy's text: those that a ramp unfolds into share one. */
  readonly source: number;
  /** Seconds on the policy's clock at which it is reached. */
  readonly reachedSeconds: number;
  readonly set: Routing;
  /** What its `when` asks; empty without one. */
  readonly conditions: readonly Condition[];
  /** False where `when` does not hold now: then the step is passed over. */
  readonly applies?: boolean;
}

/** The steps of a policy, with their conditions asked of the contact. */
export function explainSteps(
  { policy, text }: PolicyText,
  settings: PlanContext['settings'],
  record: ContactRecord,
  now: number,
): ExplainedStep[] {
  const view = contactView(record, now);
  const certain = attributesAreKnown(record, policy.attributeNames);
  const sources = (readDocument(text).value as { steps?: { when?: unknown }[] } | null)?.steps ?? [];
  return policy.steps.map((step) => {
    const conditions = evaluateConditions(sources[step.sourceIndex]?.when, view, certain);
    const applies = allHold(conditions);
    return {
      source: step.sourceIndex,
      reachedSeconds: stepSeconds(step, settings),
      set: step.set,
      conditions,
      ...(applies === undefined ? {} : { applies }),
    };
  });
}
