import { isCurrentVisit } from '../contact/facts.ts';
import type { ContactRecord } from '../contact/record.ts';
import type { RoutingStatus } from '../contact/routing-status.ts';
import { isOfPolicy, shadowsOfVisit } from '../contact/shadows.ts';
import { defined, without } from '../json.ts';
import type { Policy } from '../policy/policy.ts';
import type { PutInBySteps } from './route-values.ts';
import { mergeStaffing, type StaffingBySteps } from './unstaffed-steps.ts';

/** What a record keeps of a policy for one visit to a queue. */
export interface PolicyMemory {
  /** The strings of the contact that were put into its routes; absent: there are none. */
  readonly putIn?: PutInBySteps;
  /** The steps whose criteria stay when the signal ends that they need, by their keys; absent: there are none. */
  readonly lasting?: readonly string[];
  /** The steps of its criteria that are left out since no agent is staffed for them; absent: none was looked at. */
  readonly staffing?: StaffingBySteps;
}

/** As many policies as a record keeps something of. */
const MAX_POLICIES = 5;

/** What the record keeps of a policy for this visit to the queue. */
export function policyMemory(
  { name, mode }: Policy,
  { facts, status, shadows }: ContactRecord,
): PolicyMemory {
  if (mode === 'observe') {
    const { putIn, lasting, staffing } = shadowsOfVisit(shadows, facts).find(isOfPolicy(name)) ?? {};
    return defined({ putIn, lasting, staffing });
  }
  if (!status || !isCurrentVisit(facts, status.queueVisit)) return {};
  return defined({
    putIn: status.putIn?.[name],
    lasting: status.lasting?.[name],
    staffing: status.staffing?.[name],
  });
}

/**
 * The status with what is to be kept of the governing policy: strings that were put in stay, and lasting criteria are
 * those of now. What is kept of policies that governed before stays, too.
 */
export function withMemory(
  status: RoutingStatus,
  policy: string,
  { putIn, lasting = [], staffing }: PolicyMemory,
): RoutingStatus {
  const looked = staffing
    ? {
        ...status,
        staffing: keepLast(status.staffing, policy, mergeStaffing(status.staffing?.[policy], staffing)),
      }
    : status;
  const strings = putIn
    ? { ...looked, putIn: keepLast(status.putIn, policy, { ...status.putIn?.[policy], ...putIn }) }
    : looked;
  if (lasting.length > 0) return { ...strings, lasting: keepLast(status.lasting, policy, lasting) };
  if (!status.lasting) return strings;
  const { [policy]: _ended, ...others } = status.lasting;
  return Object.keys(others).length === 0 ? without(strings, 'lasting') : { ...strings, lasting: others };
}

function keepLast<T>(kept: Readonly<Record<string, T>> = {}, policy: string, value: T): Record<string, T> {
  const others = Object.entries(kept).filter(([name]) => name !== policy);
  return Object.fromEntries([...others.slice(1 - MAX_POLICIES), [policy, value]]);
}
