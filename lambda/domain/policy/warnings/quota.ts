import {
  DEFAULT_ROUTING,
  isEmptyRouting,
  MOST_URGENT_PRIORITY,
  type Routing,
  routingChanges,
} from '../../routing/routing.ts';
import { describeLimits, type Settings, updateLimits } from '../../settings.ts';
import type { Policy } from '../policy.ts';
import type { Warning } from './warning.ts';

/**
 * Returns the number of calls that the policy can make for one contact, at most: one for its target, and one for each
 * step that changes the routing. A policy that only observes makes none.
 */
export function callsPerContact(policy: Policy): number {
  let applied: Routing = DEFAULT_ROUTING;
  let calls = policy.target === undefined ? 0 : 1;
  for (const { set } of policy.steps) {
    if (isEmptyRouting(routingChanges(set, applied))) continue;
    calls += 1;
    applied = { ...applied, ...set };
  }
  return policy.mode === 'enforce' ? calls : 0;
}

/**
 * Returns the number of calls for a contact on average, at most: one policy governs a contact at a time, so those with the
 * most calls, as far as their rollouts reach.
 */
export function mostCallsPerContact(policies: readonly Policy[]): number {
  let left = 1;
  let calls = 0;
  for (const policy of byMostCalls(policies)) {
    const share = Math.min(left, policy.rollout / 100);
    calls += share * callsPerContact(policy);
    left -= share;
  }
  return calls;
}

function byMostCalls(policies: readonly Policy[]): Policy[] {
  return policies.toSorted((a, b) => callsPerContact(b) - callsPerContact(a));
}

/** Warns of a policy that exceeds the quota if every contact waits through all steps, or of all together. */
export function quotaWarnings(
  policies: readonly Policy[],
  settings: Settings,
  arrivalsPerSecond: number | undefined,
): Warning[] {
  if (arrivalsPerSecond === undefined) return [];
  const { ratePerSecond } = updateLimits(settings);
  const excess = (callsPerSecond: number) =>
    `${callsPerSecond.toFixed(1)} calls per second, more than the ${ratePerSecond.toFixed(1)} available. ` +
    'The least urgent changes would be late.';
  const warning = ({ name }: Policy, message: string): Warning => ({
    code: 'over-quota',
    policy: name,
    path: [],
    message: `If every contact matched and waited through all steps, ${message}`,
  });
  const alone = policies.flatMap((policy) => {
    const callsPerSecond = callsPerContact(policy) * arrivalsPerSecond * (policy.rollout / 100);
    return callsPerSecond <= ratePerSecond
      ? []
      : [warning(policy, `the policy would make ${excess(callsPerSecond)}`)];
  });
  const together = mostCallsPerContact(policies) * arrivalsPerSecond;
  if (alone.length > 0 || together <= ratePerSecond) return alone;
  const message = `this policy and those that share the contacts with it would make ${excess(together)}`;
  return byMostCalls(policies)
    .slice(0, 1)
    .map((largest) => warning(largest, message));
}

/** Warns where more contacts would have to be asked about before their first change than DescribeContact allows. */
export function questionWarnings(
  policies: readonly Policy[],
  settings: Settings,
  arrivalsPerSecond: number | undefined,
): Warning[] {
  if (arrivalsPerSecond === undefined) return [];
  const asking = policies.filter((policy) => asksFirst(policy, settings));
  const share = Math.min(
    1,
    asking.reduce((sum, { rollout }) => sum + rollout / 100, 0),
  );
  const { ratePerSecond } = describeLimits(settings);
  if (share * arrivalsPerSecond <= ratePerSecond) return [];
  const message =
    `If every contact matched, DescribeContact would be asked about ${(share * arrivalsPerSecond).toFixed(1)} contacts per ` +
    `second before a change, more than the ${ratePerSecond.toFixed(1)} available. Changes that could lower what a flow ` +
    'set, or that need attributes, would be late. If no flow sets a priority or an age, set checkBeforeFirstChange: ' +
    'false; or request a higher quota from AWS and raise describeRate.';
  return asking.slice(0, 1).map(({ name }) => ({ code: 'over-quota', policy: name, path: [], message }));
}

/** Whether a contact must be asked about before the first change: for attributes, or since it could lower urgency. */
function asksFirst({ mode, attributeNames, target, allowLower, steps }: Policy, settings: Settings): boolean {
  if (mode !== 'enforce') return false;
  if (attributeNames.length > 0) return true;
  if (!settings.checkBeforeFirstChange || allowLower) return false;
  const urgent = steps.find(({ set }) => set.priority !== undefined || set.ageSeconds !== undefined);
  return target !== undefined || (urgent !== undefined && urgent.set.priority !== MOST_URGENT_PRIORITY);
}
