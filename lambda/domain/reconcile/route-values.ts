import { queueVisitId } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import type { RoutingStatus } from '../contact/routing-status.ts';
import { defined, without } from '../json.ts';
import type { ContactView } from '../policy/contact-view.ts';
import type { Policy, Step } from '../policy/policy.ts';
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

/** As many policies as a record keeps strings of. */
const MAX_POLICIES = 5;

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

/** The strings that were put into the routes of a policy in this visit to the queue. */
export function knownPutIn({ name, mode }: Policy, record: ContactRecord): PutInBySteps | undefined {
  const { status, shadows } = record;
  const queueVisit = queueVisitId(record.facts);
  if (queueVisit === undefined) return undefined;
  if (mode === 'observe') {
    const past = shadows?.queueVisit === queueVisit ? shadows.policies : [];
    return past.find(({ policy }) => policy === name)?.putIn;
  }
  return status?.queueVisit === queueVisit ? status.putIn?.[name] : undefined;
}

/** The status with the strings that the governing policy put in. Those of policies that governed before stay, too. */
export function withPutIn(status: RoutingStatus, policy: string, putIn: PutInBySteps): RoutingStatus {
  const others = Object.entries(status.putIn ?? {}).filter(([name]) => name !== policy);
  const kept = Object.fromEntries([
    ...others.slice(1 - MAX_POLICIES),
    [policy, { ...status.putIn?.[policy], ...putIn }],
  ]);
  return { ...status, putIn: kept };
}
