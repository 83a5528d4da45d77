import { defined, without } from '../json.ts';
import type { ContactView } from '../policy/contact-view.ts';
import type { Step } from '../policy/policy.ts';
import { fillCriteria, type LeftOutStep, lookUp, type PutIn } from '../policy/route/put-in.ts';
import type { Routing } from '../routing/routing.ts';

/** The strings of a contact that were put into the routes of one policy, by the step, in the words of {@link stepKey}. */
export type PutInBySteps = Readonly<Record<string, PutIn>>;

/** What a step sets for one contact. */
export interface FilledStep {
  /** Without criteria where every step of the route is left out. */
  readonly set: Routing;
  /** Absent where no string of the contact stands in the route. */
  readonly putIn?: PutIn;
  readonly leftOut: readonly LeftOutStep[];
}

/** What a step sets for a contact, with the strings that were put in when it was reached, or those of this moment. */
export function filledStep(
  { set, values, ...step }: Step,
  view: ContactView,
  known: PutInBySteps = {},
): FilledStep {
  if (!values || !set.criteria) return { set, leftOut: [] };
  const putIn = lookUp(values, view, known[stepKey(step)]);
  const { criteria, leftOut } = fillCriteria(set.criteria, values, putIn);
  return { set: { ...without(set, 'criteria'), ...defined({ criteria }) }, putIn, leftOut };
}

/** Names a step of a policy by its time, so that strings stay put in while another part of the policy is edited. */
export function stepKey({ timing, seconds }: Pick<Step, 'timing' | 'seconds'>): string {
  return `${timing} ${seconds}`;
}
