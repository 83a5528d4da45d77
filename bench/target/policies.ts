import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { createPolicySet, type PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';

/** Seconds within which the contacts of each tier should be answered. The last one has no target: it is the horizon. */
export const TARGET_SECONDS = { gold: 90, silver: 300, basic: 900 } as const;

export type Tier = keyof typeof TARGET_SECONDS;

export const TIERS = Object.keys(TARGET_SECONDS) as Tier[];

/** The policies that are compared. */
export const POLICY_SETS: Readonly<Record<string, PolicySet>> = {
  none: createPolicySet([]),
  targets: policySet({
    gold: { target: `${TARGET_SECONDS.gold}s` },
    silver: { target: `${TARGET_SECONDS.silver}s` },
  }),
  'targets, gold first': policySet({
    gold: { target: `${TARGET_SECONDS.gold}s`, steps: [{ after: '0s', set: { priority: 4 } }] },
    silver: { target: `${TARGET_SECONDS.silver}s` },
  }),
  ladder: policySet({
    gold: { steps: ladder(TARGET_SECONDS.gold, [2, 1, 1]) },
    silver: { steps: ladder(TARGET_SECONDS.silver, [3, 2, 1]) },
    basic: { steps: ladder(TARGET_SECONDS.basic, [4, 3, 2]) },
  }),
};

/** Steps as people write them: at the start, half-way, and at the target. */
function ladder(targetSeconds: number, priorities: readonly number[]) {
  return priorities.map((priority, index) => ({
    after: `${Math.round((targetSeconds * index) / 2)}s`,
    set: { priority },
  }));
}

function policySet(byTier: Partial<Record<Tier, object>>): PolicySet {
  return createPolicySet(
    Object.entries(byTier).map(([tier, source]) => {
      const text = JSON.stringify({ match: { tags: { tier: [tier] } }, ...source });
      const { policy, problems } = parsePolicy(tier, text);
      if (!policy) throw new TypeError(problems.map(formatProblem).join('\n'));
      return policy;
    }),
  );
}
