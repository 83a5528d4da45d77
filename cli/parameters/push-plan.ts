import type { Source } from '../sources/source.ts';
import type { Comparison } from './comparison.ts';
import type { StoredParameter } from './parameter-store.ts';

/** What a push does with a parameter. */
export type PushAction =
  | {
      readonly kind: 'write';
      readonly parameter: string;
      readonly to: Source;
      readonly from?: StoredParameter;
    }
  | { readonly kind: 'conflict'; readonly parameter: string; readonly from?: StoredParameter }
  /** Deleted with `--prune`, if this tool wrote it. */
  | { readonly kind: 'surplus'; readonly parameter: string; readonly from: StoredParameter }
  /** Left as it is, which the reason explains. */
  | { readonly kind: 'keep'; readonly parameter: string; readonly reason: string };

export type WriteAction = Extract<PushAction, { kind: 'write' }>;

/**
 * Decides what a push does: it sends what was changed here since the last push or pull, and reverts nothing
 * that others changed in SSM.
 *
 * @param directory - for the reasons.
 * @param force - sends every file that differs, whatever others changed.
 */
export function planPush(
  comparisons: readonly Comparison[],
  directory: string,
  force: boolean,
): PushAction[] {
  return comparisons.flatMap((comparison) => actionsFor(comparison, directory, force));
}

function actionsFor(comparison: Comparison, directory: string, force: boolean): PushAction[] {
  const { parameter, state, file, stored: from } = comparison;
  const write = (): PushAction[] => (file ? [{ kind: 'write', parameter, to: file, from }] : []);
  const surplus = (): PushAction[] => (from ? [{ kind: 'surplus', parameter, from }] : []);
  const keep = (reason: string): PushAction[] => [{ kind: 'keep', parameter, reason }];
  switch (state) {
    case 'equal':
      return [];
    case 'differs':
    case 'only-here':
    case 'changed-here':
      return write();
    case 'changed-both':
    case 'deleted-there-changed-here':
      return force ? write() : [{ kind: 'conflict', parameter, from }];
    case 'changed-there':
      if (force) return write();
      return keep(
        `was changed in SSM since the last push or pull, and ${file?.file} was not; it is left unchanged ` +
          `(escalator pull ${directory} updates the file).`,
      );
    case 'deleted-there':
      if (force) return write();
      return keep(
        `was deleted in SSM since the last push or pull, and ${file?.file} is unchanged; it is not written ` +
          `again (delete the file, or push it alone with --force).`,
      );
    case 'deleted-here-changed-there':
      if (force) return surplus();
      return keep(
        `has no file in ${directory} any more, and was changed in SSM since the last push or pull; it is left ` +
          `unchanged (escalator pull ${directory} writes its file).`,
      );
    case 'only-there':
    case 'deleted-here':
      return surplus();
  }
}
