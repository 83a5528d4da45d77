import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { NamedCandidate } from '../../sim/recommend/beside.ts';
import { UsageError } from '../errors.ts';
import { policySetNames, readPolicySet } from '../sources/policy-sets.ts';
import type { ReadIo } from '../sources/read.ts';
import type { Finding } from '../sources/validate.ts';
import type { SetTexts } from '../threads/messages.ts';

/** A set to compare the recommendation with, with its texts. */
export interface BesideSet extends NamedCandidate {
  readonly texts: SetTexts;
}

/**
 * Reads the sets of `--beside`.
 *
 * @param settings - those of the scenario, for sets without settings of their own.
 * @throws UsageError when a path is not usable, or has no policy.
 */
export async function readBesideSets(
  paths: readonly string[],
  settings: Settings,
  io: ReadIo,
): Promise<{ sets: readonly BesideSet[]; errors: readonly Finding[] }> {
  const distinct = [...new Set(paths)];
  const names = policySetNames(distinct, io.cwd);
  const read = await Promise.all(distinct.map((path) => readPolicySet(path, io, undefined, settings)));
  const sets = read.map((set, index): BesideSet => {
    const path = distinct[index] ?? '';
    if (!set.hasPolicySources)
      throw new UsageError(`${path} has settings and no policy: nothing to compare.`);
    return {
      name: names[index] ?? path,
      candidate: {
        id: `beside ${path}`,
        set: {
          policies: createPolicySet(set.policies),
          settings: set.settings ?? settings,
          conditions: set.conditions,
        },
      },
      texts: { sources: set.sources, settings },
    };
  });
  return { sets, errors: read.flatMap(({ errors }) => errors) };
}
