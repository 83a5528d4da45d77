import { basename, resolve } from 'node:path';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { SimulatedSet } from '../../sim/simulation/index.ts';
import { UsageError } from '../errors.ts';
import { checkSources, type Finding } from '../sources/checked.ts';
import { readSources } from '../sources/read.ts';

/** Stands for a set without policies. */
const NONE = 'none';

/** Policy sets, and what is wrong with them. */
export interface ReadSets {
  /** The baseline first. */
  readonly sets: readonly SimulatedSet[];
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
export async function readSets(
  directories: readonly string[],
  against: string,
  settings: Settings,
  cwd: string,
): Promise<ReadSets> {
  const distinct = new Map([against, ...directories].map((one) => [keyOf(one, cwd), one]));
  const paths = [...distinct.values()];
  const names = paths.map((path) => basename(resolve(cwd, path)));
  const read = await Promise.all(
    paths.map(async (path, index) => {
      const name =
        names.indexOf(names[index] ?? '') === names.lastIndexOf(names[index] ?? '') ? names[index] : path;
      return readSet(path, name ?? path, settings, cwd);
    }),
  );
  return {
    sets: read.map(({ set }) => set),
    findings: read.flatMap(({ findings }) => findings),
    notes: notesOnTwice(directories, cwd),
  };
}

function notesOnTwice(directories: readonly string[], cwd: string): string[] {
  const keys = directories.map((one) => keyOf(one, cwd));
  return directories.flatMap((one, index) =>
    keys.indexOf(keys[index] ?? '') < index
      ? [`--policies ${one} is there more than once: the set is simulated once.`]
      : [],
  );
}

function keyOf(path: string, cwd: string): string {
  return path === NONE ? NONE : resolve(cwd, path);
}

async function readSet(path: string, name: string, settings: Settings, cwd: string) {
  if (path === NONE) return { set: { name: NONE, policies: [], settings }, findings: [] };
  const sources = await readSources([path], cwd);
  if (sources.every(({ kind }) => kind === 'settings'))
    throw new UsageError(`${path} holds settings and no policy: there is nothing to simulate.`);
  const checked = checkSources(sources);
  const hasSettings = sources.some(({ kind }) => kind === 'settings');
  return {
    set: { name, policies: checked.policies, settings: hasSettings ? checked.settings : settings },
    findings: checked.findings.filter(({ severity }) => severity === 'error'),
  };
}
