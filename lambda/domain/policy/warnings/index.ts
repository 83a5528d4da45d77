import { DEFAULT_ROUTING, isEmptyRouting, type Routing, routingChanges } from '../../routing/routing.ts';
import { type Settings, updateLimits } from '../../settings.ts';
import type { Policy } from '../policy.ts';
import { createPolicySet } from '../policy-set.ts';
import { fromValidPolicy, type PartialPolicy } from './partial-policy.ts';
import { patternWarnings } from './pattern.ts';
import { stepWarnings } from './steps.ts';
import type { Warning } from './warning.ts';

interface WarningOptions {
  /**
   * The arrival rate of contacts over all queues, per second. Without it the use of the quota is not checked.
   */
  readonly arrivalsPerSecond?: number;
}

/** Returns the warnings about a set of valid policies. */
export function policyWarnings(
  policies: readonly Policy[],
  settings: Settings,
  options: WarningOptions = {},
): Warning[] {
  const ordered = createPolicySet(policies).policies;
  return [
    ...ordered.flatMap((policy, index) => unreachableWarnings(policy, ordered.slice(0, index))),
    ...ordered.flatMap((policy) => partialPolicyWarnings(fromValidPolicy(policy), settings)),
    ...starvationWarnings(ordered),
    ...quotaWarnings(ordered, settings, options.arrivalsPerSecond),
  ];
}

/** Returns the warnings about the valid part of one policy. */
export function partialPolicyWarnings(policy: PartialPolicy, settings: Settings): Warning[] {
  return [...patternWarnings(policy), ...stepWarnings(policy, settings)];
}

/**
 * Returns the number of calls that the policy can make for one contact, at most: one for each step that
 * changes the routing. A policy that only observes makes none.
 */
export function callsPerContact(policy: Policy): number {
  let applied: Routing = DEFAULT_ROUTING;
  let calls = 0;
  for (const { set } of policy.steps) {
    if (isEmptyRouting(routingChanges(set, applied))) continue;
    calls += 1;
    applied = { ...applied, ...set };
  }
  return policy.mode === 'enforce' ? calls : 0;
}

/** Warns of a policy that comes after an enforcing policy that governs every contact, or the same contacts. */
function unreachableWarnings(policy: Policy, earlier: readonly Policy[]): Warning[] {
  const shadowing = earlier.find(
    ({ mode, rollout, during, match, matchText }) =>
      mode === 'enforce' &&
      rollout === 100 &&
      during === undefined &&
      (match === undefined || matchText === policy.matchText),
  );
  if (!shadowing) return [];
  const { name, precedence, match } = shadowing;
  const contacts = match === undefined ? 'every contact' : 'the same contacts';
  return [
    {
      code: 'never-governs',
      policy: policy.name,
      path: [],
      message:
        `It never governs: ${name} is evaluated first (precedence ${precedence}) and governs ${contacts}. ` +
        `Give this policy a precedence below ${precedence}, or narrow the match of ${name}.`,
    },
  ];
}

/** Warns of contacts that are never answered while contacts of a more urgent policy keep arriving. */
function starvationWarnings(policies: readonly Policy[]): Warning[] {
  const enforced = policies
    .filter(({ mode }) => mode === 'enforce')
    .map((policy) => ({ policy, priority: mostUrgentPriority(policy) }));
  const best = Math.min(...enforced.map(({ priority }) => priority), DEFAULT_ROUTING.priority);
  if (best >= DEFAULT_ROUTING.priority) return [];
  const escalating = enforced.find(({ priority }) => priority === best)?.policy.name ?? '';
  const governsAll = enforced.some(
    ({ policy: { match, rollout, during } }) => !match && rollout === 100 && !during,
  );
  return [
    ...enforced
      .filter(({ priority }) => priority > best)
      .map(({ policy, priority }) => ({
        code: 'may-starve',
        policy: policy.name,
        path: [],
        message:
          `Its contacts never become more urgent than priority ${priority}, while contacts of ` +
          `${escalating} reach ${best}: they could wait indefinitely while contacts of ` +
          `${escalating} keep arriving.`,
      })),
    ...(governsAll
      ? []
      : [
          {
            code: 'may-starve',
            policy: escalating,
            path: [],
            message:
              `Contacts that no policy governs keep priority ${DEFAULT_ROUTING.priority} and could wait ` +
              `indefinitely behind contacts of this policy, which reach ${best}. ` +
              'Add a last policy without match that raises all other contacts in the end.',
          },
        ]),
  ];
}

/** The most urgent priority that every contact of the policy reaches. */
function mostUrgentPriority(policy: Policy): number {
  const priorities = policy.steps.flatMap(({ set, condition }) => (condition ? [] : (set.priority ?? [])));
  return Math.min(DEFAULT_ROUTING.priority, ...priorities);
}

/** Warns of a policy that exceeds the quota if every contact waits through all steps. */
function quotaWarnings(
  policies: readonly Policy[],
  settings: Settings,
  arrivalsPerSecond: number | undefined,
): Warning[] {
  if (arrivalsPerSecond === undefined) return [];
  const { ratePerSecond } = updateLimits(settings);
  return policies.flatMap((policy) => {
    const callsPerSecond = callsPerContact(policy) * arrivalsPerSecond * (policy.rollout / 100);
    return callsPerSecond <= ratePerSecond
      ? []
      : [
          {
            code: 'over-quota',
            policy: policy.name,
            path: [],
            message:
              'If every contact matched and waited through all steps, the policy would make ' +
              `${callsPerSecond.toFixed(1)} calls per second, more than the ` +
              `${ratePerSecond.toFixed(1)} available. The least urgent changes would be late.`,
          },
        ];
  });
}
