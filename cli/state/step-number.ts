import type { Decision } from '../../lambda/domain/contact/decision.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy-set.ts';

/**
 * The number of a step as the text of its policy lists it, from 1: a ramp is one step there.
 *
 * @param decision - names the policy and the step. Undefined: nothing was decided.
 * @returns undefined where no step was reached, or the policies in force have no such step.
 */
export function stepNumber(
  { policies }: Pick<PolicySet, 'policies'>,
  decision: Pick<Decision, 'policy' | 'step'> | undefined,
): number | undefined {
  if (decision?.step === undefined) return undefined;
  const policy = policies.find(({ name }) => name === decision.policy);
  const index = policy?.steps[decision.step]?.sourceIndex;
  return index === undefined ? undefined : index + 1;
}
