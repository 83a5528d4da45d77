import type { SimulatedSetResult, SimulationResult } from '../simulation/result.ts';
import type { Finding } from './findings/finding.ts';
import { mostUrgentFinding } from './findings/most-urgent.ts';
import { abandonmentWarnings, otherTiersFinding } from './findings/other-tiers.ts';
import { quotaFinding } from './findings/quota.ts';

/** What one set does, held against the baseline. */
export interface SetVerdict {
  readonly set: string;
  /** That its policies did nothing at all, where that is so. */
  readonly idle?: string;
  /** What it does for the most urgent tier, what that costs the others, and whether the quota suffices. */
  readonly findings: readonly [Finding, Finding, Finding];
  /** Sentences on tiers of which more hang up. */
  readonly warnings: readonly string[];
}

/** A simulation in words. */
export interface Verdict {
  /** All sets but the baseline. */
  readonly sets: readonly SetVerdict[];
  /** A sentence for each tier that a set starves, the baseline included. */
  readonly starvation: readonly string[];
  /** Where there is no such sentence: that no tier is starved, or that one run cannot tell. */
  readonly noStarvation?: string;
  /** What limits the verdict as a whole. */
  readonly remarks: readonly string[];
}

const NOBODY_STARVES = 'No set of policies starves a tier.';
const CANNOT_TELL = 'Whether a tier is starved, one run cannot tell: it takes two at least.';

/** Says what the sets do, and no more than the runs can show. */
export function verdictOf(result: SimulationResult): Verdict {
  const { sets, baseline, runs, grantedPerSecond: callsPerSecondGranted } = result;
  const starvation = sets.flatMap(starvationSentences);
  const isCalm = starvation.length === 0 && sets.length > 1;
  const idleBaseline = idleRemark(sets.find(({ name }) => name === baseline));
  return {
    sets: sets
      .filter(({ name }) => name !== baseline)
      .map((set) => ({
        set: set.name,
        ...idleRemark(set),
        findings: [
          mostUrgentFinding(set, result),
          otherTiersFinding(set, result),
          quotaFinding(set.calls, callsPerSecondGranted),
        ],
        warnings: abandonmentWarnings(set, runs),
      })),
    starvation,
    ...(isCalm ? { noStarvation: runs > 1 ? NOBODY_STARVES : CANNOT_TELL } : {}),
    remarks: [
      ...Object.values(idleBaseline),
      ...(sets.length > 1
        ? []
        : [
            `Only ${baseline} was simulated: there is nothing to hold it against. Name another set of policies (--policies DIR).`,
          ]),
      ...(runs > 1
        ? []
        : ['This is one run, and its differences may be luck. More runs give every figure an interval.']),
    ],
  };
}

/** That a set has policies, and none of them changed anything. */
function idleRemark(set: SimulatedSetResult | undefined): { readonly idle?: string } {
  if (!set || set.policies.length === 0 || set.calls.made.value > 0) return {};
  return {
    idle:
      set.governed.value > 0
        ? `The policies of ${set.name} governed contacts but made no call: no step that changes something was reached in time, or they are paused or only watch.`
        : `No policy of ${set.name} governed anybody, so nothing was changed: compare what they match with the tags, attributes and queues of the scenario.`,
  };
}

function starvationSentences({ name, starvation: starved }: SimulatedSetResult): readonly string[] {
  return starved.map(
    ({ tier, policy, reason: why }) => `The set ${name} starves ${tier} by its policy ${policy}: ${why}`,
  );
}
