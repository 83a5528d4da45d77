import { isShared } from '../sources/source.ts';
import type { Base } from './manifest.ts';
import type { SyncOptions } from './options.ts';
import { DESCRIPTION, type ParameterStore, type StoredParameter } from './parameter-store.ts';
import type { PushAction } from './push-plan.ts';

/** What a push deletes, and a sentence for each parameter that it leaves unchanged. */
export interface Surplus {
  readonly deletions: readonly StoredParameter[];
  readonly remaining: readonly string[];
}

/**
 * Selects the policies, calendars and conditions that `push --prune` deletes: those that the manifest names, or if there
 * is none, those that this command wrote. Without `--prune` it selects none.
 */
export async function selectSurplus(
  actions: readonly PushAction[],
  bases: ReadonlyMap<string, Base> | undefined,
  directory: string,
  options: Pick<SyncOptions, 'prune' | 'prefix'>,
  store: ParameterStore,
): Promise<Surplus> {
  const deletions: StoredParameter[] = [];
  const remaining: string[] = [];
  for (const action of actions) {
    if (action.kind === 'keep') remaining.push(`${options.prefix}/${action.parameter} ${action.reason}`);
    if (action.kind !== 'surplus') continue;
    const { from, parameter } = action;
    const reason = await reasonToKeep(from, parameter, bases, options.prune ?? false, store);
    if (reason === undefined) deletions.push(from);
    else remaining.push(`${from.file} has no file in ${directory}; it is left unchanged${reason}.`);
  }
  // What policies share goes after the policies that named it.
  const rank = ({ kind }: StoredParameter) => (isShared(kind) ? 1 : 0);
  return { deletions: deletions.toSorted((a, b) => rank(a) - rank(b)), remaining };
}

/** Why a parameter without a file is not deleted. Undefined if it is. */
async function reasonToKeep(
  { kind }: StoredParameter,
  parameter: string,
  bases: ReadonlyMap<string, Base> | undefined,
  prune: boolean,
  store: ParameterStore,
): Promise<string | undefined> {
  if (kind === 'settings') return '';
  if (bases && !bases.has(parameter))
    return ' (others added it since the last push or pull; pull writes its file)';
  if (!prune) return ' (--prune deletes it)';
  if (bases) return undefined;
  const isOwn = (await store.history(parameter)).at(-1)?.description === DESCRIPTION;
  return isOwn ? undefined : ' (this command did not write it: pull its file, or delete it with aws ssm)';
}
