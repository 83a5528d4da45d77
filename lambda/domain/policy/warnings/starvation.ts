import { findRequiredValues } from '../../pattern/index.ts';
import { DEFAULT_ROUTING } from '../../routing/routing.ts';
import type { Policy } from '../policy.ts';
import type { Warning } from './warning.ts';

/** Contacts with the priority that they have in the end. */
interface Waiting {
  readonly whose: string;
  readonly priority: number;
  readonly instances: ReadonlySet<string> | undefined;
}

/**
 * Warns of contacts that could wait indefinitely behind those that a policy raises: once for all of them, at the most
 * urgent of the policies that they stay behind. Contacts of one instance compete, whatever their queue and channel,
 * since an agent may serve several of both.
 */
export function starvationWarnings(policies: readonly Policy[]): Warning[] {
  const enforced = policies.filter(({ mode, rollout }) => mode === 'enforce' && rollout > 0);
  const governed: Waiting[] = enforced.map((policy) => ({
    whose: `of ${policy.name}`,
    priority: priorityInTheEnd(policy),
    instances: instancesOf(policy),
  }));
  const ungoverned: Waiting = {
    whose: 'that no policy governs',
    priority: DEFAULT_ROUTING.priority,
    instances: undefined,
  };
  const waiting = enforced.some(governsEveryContact) ? governed : [ungoverned, ...governed];
  const reported = new Set<Waiting>();
  return enforced
    .map((policy) => ({ policy, priority: mostUrgentPriority(policy), instances: instancesOf(policy) }))
    .sort((a, b) => a.priority - b.priority)
    .flatMap(({ policy, priority, instances }) => {
      const behind = waiting.filter(
        (one) =>
          !reported.has(one) &&
          one.priority > priority &&
          one.whose !== `of ${policy.name}` &&
          overlap(one.instances, instances),
      );
      for (const one of behind) reported.add(one);
      return behind.length === 0 ? [] : [starvationWarning(policy.name, priority, behind)];
    });
}

function starvationWarning(policy: string, priority: number, behind: readonly Waiting[]): Warning {
  const list = behind.map((one) => `contacts ${one.whose} (priority ${one.priority})`).join(', ');
  return {
    code: 'may-starve',
    policy,
    path: [],
    message:
      `${list.charAt(0).toUpperCase()}${list.slice(1)} could wait indefinitely behind contacts of this policy, ` +
      `which reach ${priority}, while these keep arriving. Raise them in the end, too: a last policy without ` +
      'match governs all that are left. If they may wait, write "accept: { may-starve: the reason }".',
  };
}

/** The most urgent priority that every contact of the policy reaches. */
function mostUrgentPriority({ steps }: Policy): number {
  const priorities = steps.flatMap(({ set, condition }) => (condition ? [] : (set.priority ?? [])));
  return Math.min(DEFAULT_ROUTING.priority, ...priorities);
}

/** The priority of a contact that waits through all steps and meets no condition. */
function priorityInTheEnd(policy: Policy): number {
  if (!policy.allowLower) return mostUrgentPriority(policy);
  const last = policy.steps.findLast(({ set, condition }) => !condition && set.priority !== undefined);
  return last?.set.priority ?? DEFAULT_ROUTING.priority;
}

function governsEveryContact({ match, rollout, during }: Policy): boolean {
  return !match && rollout === 100 && !during;
}

function instancesOf({ match }: Policy): ReadonlySet<string> | undefined {
  return match && findRequiredValues(match).get('instanceId');
}

function overlap(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a === undefined || b === undefined || [...a].some((instance) => b.has(instance));
}
