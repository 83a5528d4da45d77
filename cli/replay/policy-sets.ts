import { join } from 'node:path';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import type { NamedConfiguration } from '../../sim/replay/named-configuration.ts';
import { UsageError } from '../errors.ts';
import { policySetNames, readPolicySet } from '../sources/policy-sets.ts';
import { isDirectory, type ReadIo, readSources } from '../sources/read.ts';
import type { Source } from '../sources/source.ts';
import type { Finding } from '../sources/validate.ts';

/** The policy sets of a replay, and their problems. */
export interface ReplayedPolicySets {
  readonly sets: readonly NamedConfiguration[];
  /** Problems, without warnings. The result of a part of a set would be misleading. */
  readonly errors: readonly Finding[];
}

/**
 * Reads the policy sets of a replay, each with its settings.
 *
 * @param settingsFile - replaces the settings of all sets.
 * @throws UsageError when a set cannot be read.
 */
export async function readPolicySets(
  directories: readonly string[],
  settingsFile: string | undefined,
  io: ReadIo,
): Promise<ReplayedPolicySets> {
  const [settings] = settingsFile === undefined ? [] : await readSettings(settingsFile, io);
  const names = policySetNames(directories, io.cwd);
  const sets = await Promise.all(directories.map((directory) => readPolicySet(directory, io, settings)));
  return {
    sets: sets.map((set, index) => ({
      name: names[index] ?? '',
      configuration: {
        policies: createPolicySet(set.policies),
        settings: set.settings ?? DEFAULT_SETTINGS,
        ...(set.conditions.length > 0 && { conditions: set.conditions }),
      },
    })),
    errors: withoutRepetitions(sets.flatMap(({ errors }) => errors)),
  };
}

async function readSettings(file: string, io: ReadIo): Promise<Source[]> {
  if (file !== '-' && (await isDirectory(file, io.cwd))) {
    throw new UsageError(
      `--settings ${file} is a directory; expected a file, such as ${join(file, 'settings.yaml')}.`,
    );
  }
  return readSources([file], io);
}

/** The settings of all sets are checked with each. */
function withoutRepetitions(findings: readonly Finding[]): Finding[] {
  const keyOf = ({ source, code, line, column, message }: Finding) =>
    JSON.stringify([source.file, code, line, column, message]);
  return [...new Map(findings.map((finding) => [keyOf(finding), finding])).values()];
}
