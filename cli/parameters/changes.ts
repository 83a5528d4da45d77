import type { Source } from '../sources/source.ts';
import { colourDiff, unifiedDiff } from './unified-diff.ts';

/** A new text of a source. */
export interface Change {
  /** Undefined for a new source. */
  readonly from?: Source;
  readonly to: Source;
}

/** A change as a unified diff. */
export function formatChange({ from, to }: Change, colours: boolean): string {
  return formatDiff(from, to, colours);
}

/** A deletion as a unified diff. */
export function formatDeletion(source: Source, colours: boolean): string {
  return formatDiff(source, undefined, colours);
}

function formatDiff(from: Source | undefined, to: Source | undefined, colours: boolean): string {
  const labels = { before: from?.file ?? '(nothing)', after: to?.file ?? '(nothing)' };
  const text = unifiedDiff(from?.text ?? '', to?.text ?? '', labels);
  return colours ? colourDiff(text) : text;
}
