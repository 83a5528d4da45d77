import { DEFAULT_ROUTING, isEmptyRouting, type Routing, routingChanges } from '../../routing/routing.ts';
import { type Settings, updateLimits } from '../../settings.ts';
import type { Policy } from '../policy.ts';
import { createPolicySet } from '../policy-set.ts';
import { fromValidPolicy, type PartialPolicy } from './partial-policy.ts';
import { patternWarnings } from './pattern.ts';
import { stepWarnings } from './steps.ts';
import type { Warning } from './warning.ts';

export interface WarningOptions {
  /** Contacts that arrive per second, over all queues; without it the load on the quota is not judged. */
  readonly arrivalsPerSecond?: number;
}

/** Everything that is worth a second look in a set of valid policies, policy by policy. */
export function policyWarnings(
  policies: readonly Policy[],
  settings: Settings,
  options: WarningOptions = {},
): Warning[] {
  const asked = createPolicySet(policies).policies;
  return [
    ...asked.flatMap((policy, index) => unreachableWarnings(policy, asked.slice(0, index))),
    ...asked.flatMap((policy) => partialPolicyWarnings(fromValidPolicy(policy), settings)),
    ...starvationWarnings(asked),
    ...quotaWarnings(asked, settings, options.arrivalsPerSecond),
  ];
}

/** What is worth a second look in a policy by itself, so far as it is valid. */
export function partialPolicyWarnings(part: PartialPolicy, settings: Settings): Warning[] {
  return [...patternWarnings(part), ...stepWarnings(part, settings)];
}

/** The most calls that one contact governed by the policy can cost: one for each change, two where both kinds of urgency change. */
export function callsPerContact(policy: Policy): number {
  let inForce: Routing = DEFAULT_ROUTING;
  let calls = 0;
  for (const { set } of policy.steps) {
    if (isEmptyRouting(routingChanges(set, inForce))) continue;
    calls += 1;
    inForce = { ...inForce, ...set };
  }
  return policy.mode === 'enforce' ? calls : 0;
}

/** An earlier policy that takes everybody, or just the same contacts, leaves none. */
function unreachableWarnings(policy: Policy, earlier: readonly Policy[]): Warning[] {
  const taker = earlier.find(
    (other) =>
      other.rollout === 100 &&
      other.during === undefined &&
      (other.match === undefined || other.matchText === policy.matchText),
  );
  if (!taker) return [];
  const whom = taker.match === undefined ? 'every contact' : 'the same contacts';
  return [
    {
      code: 'never-governs',
      policy: policy.name,
      path: [],
      message: `It never governs: ${taker.name} is asked before it (precedence ${taker.precedence}) and takes ${whom}. Give it a lower precedence than ${taker.precedence}, or a narrower match to ${taker.name}.`,
    },
  ];
}

/** Contacts that some policy raises go before all others, for as long as they keep coming. */
function starvationWarnings(policies: readonly Policy[]): Warning[] {
  const enforced = policies.filter(({ mode }) => mode === 'enforce');
  const reached = enforced.map((policy) => ({ policy, priority: mostUrgentPriority(policy) }));
  const best = Math.min(...reached.map(({ priority }) => priority), DEFAULT_ROUTING.priority);
  if (best >= DEFAULT_ROUTING.priority) return [];
  const raiser = reached.find(({ priority }) => priority === best)?.policy.name ?? '';
  const everybody = enforced.some(({ match, rollout, during }) => !match && rollout === 100 && !during);
  return [
    ...reached
      .filter(({ priority }) => priority > best)
      .map(({ policy, priority }) => ({
        code: 'may-starve',
        policy: policy.name,
        path: [],
        message: `Its contacts never become more urgent than priority ${priority}, while those of ${raiser} reach ${best}: as long as these keep coming, the others could wait for ever.`,
      })),
    ...(everybody
      ? []
      : [
          {
            code: 'may-starve',
            policy: raiser,
            path: [],
            message: `Contacts that no policy governs stay at priority ${DEFAULT_ROUTING.priority}, behind those that it raises to ${best}: they could wait for ever. A last policy without match can raise everybody in the end.`,
          },
        ]),
  ];
}

function mostUrgentPriority(policy: Policy): number {
  const priorities = policy.steps.flatMap(({ set, condition }) => (condition ? [] : (set.priority ?? [])));
  return Math.min(DEFAULT_ROUTING.priority, ...priorities);
}

/** Whether the calls of all contacts, should they wait through every step, fit into the quota. */
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
            message: `If every contact were its own and waited through all steps, it would cost ${callsPerSecond.toFixed(1)} calls a second, more than the ${ratePerSecond.toFixed(1)} that may be used. The least urgent changes would be late.`,
          },
        ];
  });
}
