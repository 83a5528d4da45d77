import { parsePolicy } from '../../lambda/domain/policy/parse.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';
import { InvariantChecker } from '../../sim/dst/invariant-checker.ts';
import { SimulatedAws } from '../../sim/dst/simulated-aws.ts';
import { TIER_NAMES, type Tier } from './load.ts';
import { type Design, INSTANCE, REGION, SETTINGS } from './testbed.ts';

/** The concurrency of rule-messages in the stack (lib/rule-messages.ts). */
const RULE_MESSAGES_CONCURRENCY = 20;

/** The number of keys in a page of DynamoDB, which is 1 MB, about. */
const PAGE_SIZE = 1_000;

/**
 * This system: the real flow with the default settings.
 *
 * @param policyOf - what the policy of a tier does; undefined: the tier has none.
 */
export function escalator(policyOf: (tier: Tier) => object | undefined): Design {
  const policies = createPolicySet(TIER_NAMES.flatMap((tier) => parsed(tier, policyOf(tier))));
  return (testbed) => {
    const aws = new SimulatedAws({
      ...testbed,
      region: REGION,
      instances: [INSTANCE],
      configuration: { policies, settings: SETTINGS },
      checker: new InvariantChecker(testbed.time, SETTINGS, false),
      withSweep: true,
      ruleMessagesConcurrency: RULE_MESSAGES_CONCURRENCY,
      pageSize: PAGE_SIZE,
    });
    return (event) => aws.publish(event);
  };
}

function parsed(tier: Tier, does: object | undefined): Policy[] {
  if (!does) return [];
  const { policy, problems } = parsePolicy(
    tier,
    JSON.stringify({ match: { tags: { tier: [tier] } }, ...does }),
  );
  if (!policy) throw new TypeError(problems.map(formatProblem).join('\n'));
  return [policy];
}
