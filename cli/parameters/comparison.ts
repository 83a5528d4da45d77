import { parameterName, type Source } from '../sources/source.ts';
import { type Base, hashOf, withLineFeeds } from './manifest.ts';
import type { StoredParameter } from './parameter-store.ts';

/**
 * How a file and a parameter differ, by what was last equal in both:
 *
 * - `equal`: they do not.
 * - `differs`: nothing is known of an earlier time.
 * - `changed-here`, `changed-there`, `changed-both`: since then, by file and parameter.
 * - `only-here`, `only-there`: the other one never existed, as far as is known.
 * - `deleted-here`, `deleted-there`: one was deleted since then, and the other one is unchanged.
 * - `deleted-here-changed-there`, `deleted-there-changed-here`: ... and the other one has changed.
 */
type ComparisonState =
  | 'equal'
  | 'differs'
  | 'changed-here'
  | 'changed-there'
  | 'changed-both'
  | 'only-here'
  | 'only-there'
  | 'deleted-here'
  | 'deleted-there'
  | 'deleted-here-changed-there'
  | 'deleted-there-changed-here';

export interface Comparison {
  /** Name of the parameter below the prefix. */
  readonly parameter: string;
  readonly state: ComparisonState;
  readonly file?: Source;
  readonly stored?: StoredParameter;
}

/**
 * Compares files with parameters.
 *
 * @param bases - what was last equal in both. Undefined if they were never compared.
 */
export function compare(
  files: readonly Source[],
  stored: readonly StoredParameter[],
  bases: ReadonlyMap<string, Base> | undefined,
): Comparison[] {
  const [filesByName, storedByName] = [byParameter(files), byParameter(stored)];
  return [...new Set([...filesByName.keys(), ...storedByName.keys()])].map((parameter) => {
    const pair = { file: filesByName.get(parameter), stored: storedByName.get(parameter) };
    return { parameter, ...pair, state: stateOf(pair, bases?.get(parameter), bases !== undefined) };
  });
}

function stateOf(
  { file, stored }: Pick<Comparison, 'file' | 'stored'>,
  base: Base | undefined,
  isTracked: boolean,
): ComparisonState {
  const isChanged = (source: Source) => hashOf(source.text) !== base?.sha256;
  if (file && stored) {
    if (withLineFeeds(file.text) === withLineFeeds(stored.text)) return 'equal';
    if (!isTracked) return 'differs';
    if (!isChanged(stored)) return 'changed-here';
    return isChanged(file) ? 'changed-both' : 'changed-there';
  }
  if (file) {
    if (!base) return 'only-here';
    return isChanged(file) ? 'deleted-there-changed-here' : 'deleted-there';
  }
  if (!base) return 'only-there';
  return stored && isChanged(stored) ? 'deleted-here-changed-there' : 'deleted-here';
}

function byParameter<T extends Source>(sources: readonly T[]): Map<string, T> {
  return new Map(sources.map((source) => [parameterName(source), source]));
}
