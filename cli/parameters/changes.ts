import type { Source } from '../sources/source.ts';
import type { PrintedText } from '../styled-text.ts';
import type { StoredParameter } from './parameter-store.ts';
import { isEncrypted } from './stored.ts';
import { colourDiff, unifiedDiff } from './unified-diff.ts';

/** A new text of a source. */
export interface Change {
  /** Undefined for a new source. */
  readonly from?: Source | StoredParameter;
  readonly to: Source;
}

/** A change as a unified diff. */
export function formatChange({ from, to }: Change): PrintedText {
  return formatDiff(from, to);
}

/** A deletion as a unified diff. */
export function formatDeletion(source: Source | StoredParameter): PrintedText {
  return formatDiff(source, undefined);
}

function formatDiff(from: Source | StoredParameter | undefined, to: Source | undefined): PrintedText {
  const labels = { before: from?.file ?? '(nothing)', after: to?.file ?? '(nothing)' };
  return colourDiff(unifiedDiff(from ? readableText(from) : '', to?.text ?? '', labels));
}

function readableText(source: Source | StoredParameter): string {
  return 'type' in source && isEncrypted(source) ? 'a SecureString, whose text is encrypted\n' : source.text;
}
