import type { SimulatedSetResult, SimulationResult } from '../simulation/result.ts';
import { comparisonsOf } from './findings/comparisons.ts';
import type { Finding, KeyFigure } from './findings/finding.ts';
import { mostUrgentFinding } from './findings/most-urgent.ts';
import { abandonmentWarnings, gainsOfOthers, otherTiersFinding } from './findings/other-tiers.ts';
import { neverMadeWarnings, quotaFinding } from './findings/quota.ts';
import { unservedWarnings } from './findings/unserved.ts';
import { urgentFigures } from './findings/urgent-figures.ts';

/** The findings on one policy set, compared with the baseline. */
export interface SetVerdict {
  readonly set: string;
  /** A remark that its policies had no effect, if so. */
  readonly idle?: string;
  /** On the most urgent tier, the other tiers, and the quota. */
  readonly findings: readonly [Finding, Finding, Finding];
  /** Further key figures: the abandonment rate and the p90 wait of the most urgent tier. */
  readonly figures: readonly KeyFigure[];
  /** Sentences on tiers with more abandoned contacts, on changes that were never made, and on contacts that nobody served. */
  readonly warnings: readonly string[];
  /** Sentences on what other tiers gain. */
  readonly gains: readonly string[];
  /** Sentences on the set compared with others apart from the baseline. */
  readonly comparisons: readonly string[];
}

/** The verdict on a simulation. */
export interface Verdict {
  /** All sets except the baseline. */
  readonly sets: readonly SetVerdict[];
  /** A sentence for each tier that a set starves. */
  readonly starvation: readonly string[];
  /** If there is none: that no tier is starved, or that one run cannot show it. */
  readonly noStarvation?: string;
  /** Limits of the whole verdict. */
  readonly remarks: readonly string[];
}

const NO_STARVATION = 'No policy set starves a tier.';
const ONE_RUN_SHOWS_NO_STARVATION = 'One run cannot show starvation: simulate at least two.';

/** Derives the verdict. It states only differences that the runs show. */
export function verdictOf(result: SimulationResult): Verdict {
  const { sets, baseline, runs } = result;
  const starvation = sets.flatMap((set) => starvationSentences(set, baseline));
  const hasNone = starvation.length === 0 && sets.length > 1;
  const baselineSet = sets.find(({ name }) => name === baseline);
  const idleBaseline = idleRemark(baselineSet);
  return {
    sets: sets
      .filter(({ name }) => name !== baseline)
      .map((set) => ({
        set: set.name,
        ...idleRemark(set),
        findings: [
          mostUrgentFinding(set, result),
          otherTiersFinding(set, result),
          quotaFinding(set.calls, set.grantedPerSecond),
        ],
        figures: urgentFigures(set, result),
        warnings: [
          ...abandonmentWarnings(set, runs),
          ...neverMadeWarnings(set.calls),
          ...unservedWarnings(set),
        ],
        gains: gainsOfOthers(set, result),
        comparisons: comparisonsOf(set.name, result),
      })),
    starvation,
    noStarvation: hasNone ? (runs > 1 ? NO_STARVATION : ONE_RUN_SHOWS_NO_STARVATION) : undefined,
    remarks: [
      ...Object.values(idleBaseline),
      ...(baselineSet ? unservedWarnings(baselineSet).map((text) => `Under ${baseline}: ${text}`) : []),
      ...(sets.length > 1
        ? []
        : [
            `Only ${baseline} was simulated, so there is no comparison. Name another policy set (--policies DIR).`,
          ]),
      ...(runs > 1
        ? []
        : [
            'With one run, differences may be due to chance. More runs give every figure a confidence interval.',
          ]),
    ],
  };
}

/** A remark on a set with policies, none of which changed anything. */
function idleRemark(set: SimulatedSetResult | undefined): { readonly idle?: string } {
  if (!set || set.policies.length === 0 || set.calls.made.value > 0) return {};
  const never = (set.conditions ?? []).filter(({ begun }) => begun.value === 0).map(({ name }) => name);
  const conditions =
    never.length > 0 ? `, and its load with the conditions (${never.join(', ')} never began)` : '';
  return {
    idle:
      set.governed.value > 0
        ? `The policies of ${set.name} governed contacts but made no calls: no step with a change was reached in time, or the policies are paused or in mode observe.`
        : `The policies of ${set.name} governed no contacts: compare their patterns with the tags, attributes and queues of the scenario${conditions}.`,
  };
}

function starvationSentences({ name, starvation }: SimulatedSetResult, baseline: string): readonly string[] {
  return starvation.map(
    ({ tier, policy, reason, against }) =>
      `The policy set ${name} starves ${tier} by its policy ${policy}: ${reason}${
        against === baseline ? '' : ` Compared with ${against}.`
      }`,
  );
}
