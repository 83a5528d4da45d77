import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';
import { InvariantChecker } from '../../sim/dst/invariant-checker.ts';
import { SimulatedAws } from '../../sim/dst/simulated-aws.ts';
import { TIER_NAMES, TIERS, type Tier } from './load.ts';
import { type Design, INSTANCE, REGION, SETTINGS } from './testbed.ts';

/** As the stack has it (lib/rule-messages.ts). */
const RULE_MESSAGES_CONCURRENCY = 20;

/** Keys of waiting contacts that a page of DynamoDB holds, about: 1 MB. */
const PAGE_SIZE = 1_000;

/** This system: the real flow with the settings that it has by default. */
export const escalator: Design = (site) => {
  const cloud = new SimulatedAws({
    ...site,
    region: REGION,
    instances: [INSTANCE],
    configuration: { policies: createPolicySet(TIER_NAMES.map(policyOf)), settings: SETTINGS },
    checker: new InvariantChecker(site.time, SETTINGS.ageAdjustment, false),
    withSweep: true,
    ruleMessagesConcurrency: RULE_MESSAGES_CONCURRENCY,
    pageSize: PAGE_SIZE,
  });
  return (event) => cloud.publish(event);
};

function policyOf(tier: Tier) {
  const source = {
    match: { tags: { tier: [tier] } },
    steps: TIERS[tier].steps.map(({ afterSeconds, priority }) => ({
      after: `${afterSeconds}s`,
      set: { priority },
    })),
  };
  const { policy, problems } = parsePolicy(tier, JSON.stringify(source));
  if (!policy) throw new TypeError(problems.map(formatProblem).join('\n'));
  return policy;
}
