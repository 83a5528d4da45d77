import { basename, resolve } from 'node:path';
import { createPolicySet } from '../../lambda/domain/policy/policy.ts';
import type { NamedConfiguration } from '../../sim/replay/named-configuration.ts';
import { UsageError } from '../errors.ts';
import { readSources } from '../sources/read.ts';
import type { Source } from '../sources/source.ts';
import { validateSources } from '../sources/validate.ts';

/**
 * Reads policy sets, each from a directory with its settings, and named like it.
 *
 * @param settingsFile - holds for all of them, in place of their own settings.
 * @throws UsageError when one cannot be read or is not valid: half a set would tell something wrong.
 */
export async function readPolicySets(
  directories: readonly string[],
  settingsFile: string | undefined,
  cwd: string,
): Promise<NamedConfiguration[]> {
  const [settings] = settingsFile === undefined ? [] : await readSources([settingsFile], cwd);
  const names = directories.map((directory) => basename(resolve(cwd, directory)));
  return Promise.all(
    directories.map(async (directory, index) => {
      const own = await readSources([directory], cwd);
      const sources: Source[] = settings
        ? [...own.filter(({ kind }) => kind === 'policy'), { ...settings, kind: 'settings' }]
        : own;
      const { policies, settings: inForce, findings } = validateSources(sources);
      const broken = findings.find(({ severity }) => severity === 'error');
      if (broken) {
        const { source, line, message } = broken;
        throw new UsageError(
          `${source.file} is not valid: line ${line}: ${message} Run escalator check ${directory} to see all.`,
        );
      }
      const name = names[index] ?? directory;
      const isAmbiguous = names.filter((other) => other === name).length > 1;
      return {
        name: isAmbiguous ? directory : name,
        configuration: { policies: createPolicySet(policies), settings: inForce },
      };
    }),
  );
}
