import type { Settings } from '../../settings.ts';
import type { Policy } from '../policy.ts';
import { createPolicySet } from '../policy-set.ts';
import { nothingToAccept, withoutAccepted } from './accept.ts';
import type { WarningCode } from './codes.ts';
import { endlessRouteWarnings } from './endless-route.ts';
import { fromValidPolicy, type PartialPolicy } from './partial-policy.ts';
import { patternWarnings, type WrittenInPolicy } from './pattern.ts';
import { questionWarnings, quotaWarnings } from './quota.ts';
import { unreachableWarnings } from './reach.ts';
import { scopeWarnings } from './scope.ts';
import { starvationWarnings } from './starvation.ts';
import { stepWarnings } from './steps.ts';
import { targetWarnings } from './target.ts';
import type { Warning } from './warning.ts';

interface WarningOptions {
  /**
   * The arrival rate of contacts over all queues, per second. Without it the use of the quota is not checked.
   */
  readonly arrivalsPerSecond?: number;
  /** The text of an unquoted value, so that a warning can say what was written. */
  readonly written?: WrittenInPolicy;
  /** True if there are other policies that are not given: what depends on them is not known. Default false. */
  readonly isPart?: boolean;
  /** Warnings about the texts of the policies, which can be accepted like the others. */
  readonly others?: readonly Warning[];
}

/**
 * Returns the warnings about a set of valid policies that these do not accept, and one for each accepted warning that is
 * not given.
 */
export function policyWarnings(
  policies: readonly Policy[],
  settings: Settings,
  options: WarningOptions = {},
): Warning[] {
  const ordered = createPolicySet(policies).policies;
  const warnings = [
    ...ordered.flatMap((policy, index) => unreachableWarnings(policy, ordered.slice(0, index))),
    ...ordered.flatMap((policy) => warningsOf(fromValidPolicy(policy), settings, options)),
    ...ordered.flatMap(endlessRouteWarnings),
    ...targetWarnings(ordered, settings),
    ...starvationWarnings(ordered),
    ...quotaWarnings(ordered, settings, options.arrivalsPerSecond),
    ...questionWarnings(ordered, settings, options.arrivalsPerSecond),
    ...(options.others ?? []),
  ];
  const unknown: WarningCode[] = [
    ...(options.arrivalsPerSecond === undefined ? (['over-quota'] as const) : []),
    ...(options.isPart ? (['may-starve', 'never-governs'] as const) : []),
  ];
  return [...withoutAccepted(warnings, policies), ...nothingToAccept(warnings, ordered, unknown)];
}

/** Returns the warnings about the valid part of one policy. */
export function partialPolicyWarnings(
  policy: PartialPolicy,
  settings: Settings,
  { written }: Pick<WarningOptions, 'written'> = {},
): Warning[] {
  return withoutAccepted(warningsOf(policy, settings, { written }), [policy]);
}

function warningsOf(
  policy: PartialPolicy,
  settings: Settings,
  { written }: Pick<WarningOptions, 'written'>,
): Warning[] {
  return [...scopeWarnings(policy), ...patternWarnings(policy, written), ...stepWarnings(policy, settings)];
}
