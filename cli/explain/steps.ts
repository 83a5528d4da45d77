import { type PlanContext, stepSeconds } from '../../lambda/domain/plan.ts';
import { readDocument } from '../../lambda/domain/policy/document.ts';
import type { ContactRecord } from '../../lambda/domain/record.ts';
import type { Routing } from '../../lambda/domain/routing.ts';
import { attributesAreKnown, contactView } from '../../lambda/domain/view.ts';
import type { PolicyText } from './asked.ts';
import { allHold, type Condition, conditionsOf } from './conditions.ts';

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
export function explainedSteps(
  { policy, text }: PolicyText,
  settings: PlanContext['settings'],
  record: ContactRecord,
  now: number,
): ExplainedStep[] {
  const view = contactView(record, now);
  const certain = attributesAreKnown(record, policy.attributeNames);
  const sources = (readDocument(text).value as { steps?: { when?: unknown }[] } | null)?.steps ?? [];
  return policy.steps.map((step) => {
    const conditions = conditionsOf(sources[step.source]?.when, view, certain);
    const applies = allHold(conditions);
    return {
      source: step.source,
      reachedSeconds: stepSeconds(step, settings),
      set: step.set,
      conditions,
      ...(applies === undefined ? {} : { applies }),
    };
  });
}
