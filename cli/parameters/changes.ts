import type { Source } from '../sources/source.ts';
import type { PrintedText } from '../styled-text.ts';
import { colourDiff, unifiedDiff } from './unified-diff.ts';

/** A new text of a source. */
export interface Change {
  /** Undefined for a new source. */
  readonly from?: Source;
  readonly to: Source;
}

/** A change as a unified diff. */
export function formatChange({ from, to }: Change): PrintedText {
  return formatDiff(from, to);
}

/** A deletion as a unified diff. */
export function formatDeletion(source: Source): PrintedText {
  return formatDiff(source, undefined);
}

function formatDiff(from: Source | undefined, to: Source | undefined): PrintedText {
  const labels = { before: from?.file ?? '(nothing)', after: to?.file ?? '(nothing)' };
  return colourDiff(unifiedDiff(from?.text ?? '', to?.text ?? '', labels));
}
