import { resolve } from 'node:path';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { NamedPolicySet } from '../../sim/simulation/index.ts';
import { UsageError } from '../errors.ts';
import { policySetNames, readPolicySet } from '../sources/policy-sets.ts';
import type { ReadIo } from '../sources/read.ts';
import type { Finding } from '../sources/validate.ts';
import type { SetTexts } from '../threads/messages.ts';

/** The name of the set without policies. */
const NO_POLICIES = 'none';

/** The policy sets of a simulation, and their problems. */
export interface ParsedPolicySets {
  /** The baseline first. */
  readonly sets: readonly NamedPolicySet[];
  /** The texts of the sets, in the same order. */
  readonly texts: readonly SetTexts[];
  /** Problems, without warnings. */
  readonly errors: readonly Finding[];
  /** Sentences about sets that are given more than once. */
  readonly notes: readonly string[];
}

/**
 * Reads the policy sets to simulate.
 *
 * @param baseline - `none` or a directory.
 * @param settings - the settings of the scenario, for sets without settings of their own.
 * @throws UsageError when a directory is not usable.
 */
export async function readPolicySets(
  directories: readonly string[],
  baseline: string,
  settings: Settings,
  io: ReadIo,
): Promise<ParsedPolicySets> {
  const distinct = new Map([baseline, ...directories].map((path) => [policySetKey(path, io.cwd), path]));
  const paths = [...distinct.values()];
  const names = policySetNames(paths, io.cwd);
  const sets = await Promise.all(
    paths.map((path, index) => readNamedSet(path, names[index] ?? path, settings, io)),
  );
  return {
    sets: sets.map(({ set }) => set),
    texts: sets.map(({ sources }) => ({ sources, settings })),
    errors: sets.flatMap(({ errors }) => errors),
    notes: duplicateNotes(directories, io.cwd),
  };
}

function duplicateNotes(directories: readonly string[], cwd: string): string[] {
  const keys = directories.map((path) => policySetKey(path, cwd));
  return directories
    .filter((_, index) => keys.indexOf(keys[index] ?? '') < index)
    .map((path) => `--policies ${path} is given more than once; the set is simulated once.`);
}

function policySetKey(path: string, cwd: string): string {
  return path === NO_POLICIES ? NO_POLICIES : resolve(cwd, path);
}

async function readNamedSet(path: string, name: string, scenarioSettings: Settings, io: ReadIo) {
  if (path === NO_POLICIES) {
    return { set: { name: NO_POLICIES, policies: [], settings: scenarioSettings }, sources: [], errors: [] };
  }
  const set = await readPolicySet(path, io, undefined, scenarioSettings);
  const { policies, conditions, settings = scenarioSettings, hasPolicySources, errors, sources } = set;
  if (!hasPolicySources) throw new UsageError(`${path} has settings and no policy: nothing to simulate.`);
  return { set: { name, policies, conditions, settings }, sources, errors };
}
