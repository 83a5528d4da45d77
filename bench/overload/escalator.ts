import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';
import { InvariantChecker } from '../../sim/dst/invariant-checker.ts';
import { SimulatedAws } from '../../sim/dst/simulated-aws.ts';
import { TIER_NAMES, TIERS, type Tier } from './load.ts';
import { type Design, INSTANCE, REGION, SETTINGS } from './testbed.ts';

/** The concurrency of rule-messages in the stack (lib/rule-messages.ts). */
const RULE_MESSAGES_CONCURRENCY = 20;

/** The number of keys in a page of DynamoDB, which is 1 MB, about. */
const PAGE_SIZE = 1_000;

/** This system: the real flow with the default settings. */
export const escalator: Design = (testbed) => {
  const aws = new SimulatedAws({
    ...testbed,
    region: REGION,
    instances: [INSTANCE],
    configuration: { policies: createPolicySet(TIER_NAMES.map(policyOf)), settings: SETTINGS },
    checker: new InvariantChecker(testbed.time, SETTINGS, false),
    withSweep: true,
    ruleMessagesConcurrency: RULE_MESSAGES_CONCURRENCY,
    pageSize: PAGE_SIZE,
  });
  return (event) => aws.publish(event);
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
