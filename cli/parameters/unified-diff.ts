import { type StructuredPatchHunk, structuredPatch } from 'diff';
import type { PrintedText, StyledText } from '../styled-text.ts';

const CONTEXT_LINES = 3;

/**
 * The differences between two texts in the format of `diff -u`. The result is empty when the texts are equal.
 *
 * @param labels - names of the texts, for the header.
 */
export function unifiedDiff(
  before: string,
  after: string,
  labels: { readonly before: string; readonly after: string },
): string {
  const { hunks } = structuredPatch(labels.before, labels.after, before, after, '', '', {
    context: CONTEXT_LINES,
  });
  if (hunks.length === 0) return '';
  return `--- ${labels.before}\n+++ ${labels.after}\n${hunks.map(formatHunk).join('')}`;
}

function formatHunk({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): string {
  const header = `@@ -${formatRange(oldStart, oldLines)} +${formatRange(newStart, newLines)} @@`;
  return [header, ...lines].map((line) => `${line}\n`).join('');
}

/** As `diff -u` does: a count of 1 is omitted, and an empty range has the number of the line before it. */
function formatRange(start: number, count: number): string {
  return count === 1 ? String(start) : `${count === 0 ? start - 1 : start},${count}`;
}

const COLOURS: Readonly<Record<string, StyledText['colour']>> = { '-': 'red', '+': 'green', '@': 'cyan' };

/** Adds colours. */
export function colourDiff(diff: string): PrintedText {
  return diff.split(/(?<=\n)/).flatMap((line) => {
    const colour = COLOURS[line[0] ?? ''];
    return colour ? [{ text: line.replace(/\n$/, ''), colour }, line.endsWith('\n') ? '\n' : ''] : [line];
  });
}
