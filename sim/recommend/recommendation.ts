import type { Assessment } from './assess.ts';
import type { Beside } from './beside.ts';
import type { Finalist } from './finals.ts';
import type { Exchange, FrontPoint } from './front.ts';
import type { StaffingAdvice } from './staffing.ts';
import type { StressResult } from './stress.ts';

/**
 * What came of a search.
 * - `recommended`: a candidate meets the goals, starves no tier, and meets them in all variants of the scenario.
 * - `none-needed`: that candidate is the set without policies.
 * - `fragile`: candidates meet the goals, but not in all variants.
 * - `starving`: candidates meet the goals, but starve a tier.
 * - `unreachable`: none meets the goals.
 */
export type Outcome = 'recommended' | 'none-needed' | 'fragile' | 'starving' | 'unreachable';

export interface Recommendation {
  readonly outcome: Outcome;
  /** The candidate that is recommended; otherwise the one that is nearest to it. */
  readonly best: Finalist;
  /** The number of candidates that were simulated. */
  readonly candidates: number;
  /** The number of runs that were simulated. */
  readonly runs: number;
  readonly finalRuns: number;
  /** All candidates of the last round of the search, the best first. */
  readonly searched: readonly Assessment[];
  /** Those of them that no other beats for the favoured tier and the others alike; from the least service on. */
  readonly front: readonly FrontPoint[];
  /** On the front beside the best: more service, and less cost. */
  readonly alternatives: { readonly more?: FrontPoint; readonly less?: FrontPoint };
  readonly exchange?: Exchange;
  /** How the best does in the variants of the scenario; absent where it was not tried. */
  readonly stress?: readonly StressResult[];
  /** The sets that it is compared with, in the order of the options; absent without any. */
  readonly beside?: readonly Beside[];
  /** Of `unreachable`. */
  readonly staffing?: StaffingAdvice;
}
