import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import type { NamedConfiguration } from '../../sim/replay/named-configuration.ts';
import { UsageError } from '../errors.ts';
import { policySetNames, readPolicySet } from '../sources/policy-sets.ts';
import { type ReadIo, readSources } from '../sources/read.ts';

/**
 * Reads the policy sets of a replay, each with its settings.
 *
 * @param settingsFile - replaces the settings of all sets.
 * @throws UsageError when a set cannot be read or has a problem: the result of a part of it would be
 * misleading.
 */
export async function readPolicySets(
  directories: readonly string[],
  settingsFile: string | undefined,
  io: ReadIo,
): Promise<NamedConfiguration[]> {
  const [settings] = settingsFile === undefined ? [] : await readSources([settingsFile], io);
  const names = policySetNames(directories, io.cwd);
  return Promise.all(
    directories.map(async (directory, index) => {
      const set = await readPolicySet(directory, io, settings);
      const [error] = set.errors;
      if (error) {
        const { source, line, message } = error;
        throw new UsageError(
          `${source.file} is not valid: line ${line}: ${message} ` +
            `Run escalator check ${directory} to see all problems.`,
        );
      }
      return {
        name: names[index] ?? directory,
        configuration: {
          policies: createPolicySet(set.policies),
          settings: set.settings ?? DEFAULT_SETTINGS,
        },
      };
    }),
  );
}
