import type { Source } from '../sources/source.ts';
import type { Comparison } from './comparison.ts';
import type { StoredParameter } from './parameter-store.ts';

/** What a pull does with a file. */
export type PullAction =
  | { readonly kind: 'write'; readonly from?: Source; readonly to: StoredParameter }
  | { readonly kind: 'conflict'; readonly from: Source; readonly to: StoredParameter }
  /** Deleted with `--prune`. */
  | { readonly kind: 'surplus'; readonly from: Source }
  /** Left as it is, which the reason explains. */
  | { readonly kind: 'keep'; readonly from: Source; readonly reason: string };

/**
 * Decides what a pull does: it writes what was changed in SSM since the last push or pull, and keeps what was
 * changed here.
 *
 * @param force - writes every parameter that differs, whatever was changed here.
 */
export function planPull(comparisons: readonly Comparison[], force: boolean): PullAction[] {
  return comparisons.flatMap(({ state, file: from, stored: to }): PullAction[] => {
    switch (state) {
      case 'equal':
        return [];
      case 'changed-here':
        if (force) return to ? [{ kind: 'write', from, to }] : [];
        return keep(
          from,
          'was changed here since the last push or pull; it is left unchanged (push sends it)',
        );
      case 'changed-both':
        if (!from || !to) return [];
        return [{ kind: force ? 'write' : 'conflict', from, to }];
      case 'only-here':
        return keep(from, 'is not in SSM; it is left unchanged (push sends it)');
      case 'deleted-there':
        return from ? [{ kind: 'surplus', from }] : [];
      case 'deleted-there-changed-here':
        return keep(
          from,
          'was changed here, and deleted in SSM since the last push or pull; it is left unchanged (delete it, or ' +
            'push it alone with --force)',
        );
      default:
        return to ? [{ kind: 'write', from, to }] : [];
    }
  });
}

function keep(from: Source | undefined, reason: string): PullAction[] {
  return from ? [{ kind: 'keep', from, reason }] : [];
}
