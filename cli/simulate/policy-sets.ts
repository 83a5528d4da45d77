import { basename, resolve } from 'node:path';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { NamedPolicySet } from '../../sim/simulation/index.ts';
import { UsageError } from '../errors.ts';
import { readSources } from '../sources/read.ts';
import { type Finding, validateSources } from '../sources/validate.ts';

/** Stands for a set without policies. */
const NO_POLICIES = 'none';

/** Policy sets, and what is wrong with them. */
export interface ParsedPolicySets {
  /** The baseline first. */
  readonly sets: readonly NamedPolicySet[];
  /** Errors only. */
  readonly findings: readonly Finding[];
  /** Sentences on sets that are named more than once. */
  readonly notes: readonly string[];
}

/**
 * Reads the sets of policies to be simulated. A folder's settings hold for its set; without any, those of the scenario.
 *
 * @param against - `none` or a directory: the baseline.
 * @throws UsageError when a directory cannot be used.
 */
export async function readPolicySets(
  directories: readonly string[],
  against: string,
  settings: Settings,
  cwd: string,
): Promise<ParsedPolicySets> {
  const distinct = new Map([against, ...directories].map((one) => [policySetKey(one, cwd), one]));
  const paths = [...distinct.values()];
  const names = paths.map((path) => basename(resolve(cwd, path)));
  const read = await Promise.all(
    paths.map(async (path, index) => {
      const name =
        names.indexOf(names[index] ?? '') === names.lastIndexOf(names[index] ?? '') ? names[index] : path;
      return readPolicySet(path, name ?? path, settings, cwd);
    }),
  );
  return {
    sets: read.map(({ set }) => set),
    findings: read.flatMap(({ findings }) => findings),
    notes: duplicateNotes(directories, cwd),
  };
}

function duplicateNotes(directories: readonly string[], cwd: string): string[] {
  const keys = directories.map((one) => policySetKey(one, cwd));
  return directories.flatMap((one, index) =>
    keys.indexOf(keys[index] ?? '') < index
      ? [`--policies ${one} is there more than once: the set is simulated once.`]
      : [],
  );
}

function policySetKey(path: string, cwd: string): string {
  return path === NO_POLICIES ? NO_POLICIES : resolve(cwd, path);
}

async function readPolicySet(path: string, name: string, settings: Settings, cwd: string) {
  if (path === NO_POLICIES) return { set: { name: NO_POLICIES, policies: [], settings }, findings: [] };
  const sources = await readSources([path], cwd);
  if (sources.every(({ kind }) => kind === 'settings'))
    throw new UsageError(`${path} holds settings and no policy: there is nothing to simulate.`);
  const checked = validateSources(sources);
  const hasSettings = sources.some(({ kind }) => kind === 'settings');
  return {
    set: { name, policies: checked.policies, settings: hasSettings ? checked.settings : settings },
    findings: checked.findings.filter(({ severity }) => severity === 'error'),
  };
}
