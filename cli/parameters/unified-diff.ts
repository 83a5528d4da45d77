const CONTEXT_LINES = 3;

/** A line of a comparison: kept, only before, or only after. */
interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/**
 * What differs between two texts, as `diff -u` shows it; the empty text where they are the same.
 *
 * @param labels - what the texts are called.
 */
export function unifiedDiff(
  before: string,
  after: string,
  labels: { readonly before: string; readonly after: string },
): string {
  if (before === after) return '';
  const lines = diffLines(linesOf(before), linesOf(after));
  const hunks = hunkRanges(lines).map(([start, end]) => hunkText(lines, start, end));
  return `--- ${labels.before}\n+++ ${labels.after}\n${hunks.join('')}`;
}

/** The same with colours for a terminal. */
export function colourDiff(diff: string): string {
  return diff.replaceAll(
    /^([-+@]).*$/gm,
    (line, sign: keyof typeof COLOURS) => `${COLOURS[sign]}${line}\u001b[0m`,
  );
}

const COLOURS = { '-': '\u001b[31m', '+': '\u001b[32m', '@': '\u001b[36m' } as const;

/** With their ends, so that a missing last one is a difference. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** Both texts in one list, with as many lines kept as can be. */
function diffLines(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let endBefore = before.length;
  let endAfter = after.length;
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1]) {
    endBefore--;
    endAfter--;
  }
  const keep = (text: string): Line => ({ sign: ' ', text });
  return [
    ...before.slice(0, start).map(keep),
    ...diffMiddle(before.slice(start, endBefore), after.slice(start, endAfter)),
    ...before.slice(endBefore).map(keep),
  ];
}

/** By the longest common subsequence; what goes away stands before what comes. */
function diffMiddle(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  const common = new Uint16Array((before.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      common[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, fresh] = [before[row], after[column]];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: ' ', text: old });
      row++;
      column++;
    } else if (old !== undefined && (fresh === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ sign: '-', text: old });
      row++;
    } else {
      lines.push({ sign: '+', text: fresh ?? '' });
      column++;
    }
  }
  return lines;
}

/** Where the changes are, with the lines around them; those that touch are one. */
function hunkRanges(lines: readonly Line[]): [start: number, end: number][] {
  const ranges: [number, number][] = [];
  for (const [index, { sign }] of lines.entries()) {
    if (sign === ' ') continue;
    const start = Math.max(0, index - CONTEXT_LINES);
    const end = Math.min(lines.length, index + CONTEXT_LINES + 1);
    const last = ranges.at(-1);
    if (last && start <= last[1]) last[1] = end;
    else ranges.push([start, end]);
  }
  return ranges;
}

function hunkText(lines: readonly Line[], start: number, end: number): string {
  const shown = lines.slice(start, end);
  const range = (other: Line['sign']) => {
    const count = shown.filter(({ sign }) => sign !== other).length;
    const first = lines.slice(0, start).filter(({ sign }) => sign !== other).length + (count === 0 ? 0 : 1);
    return count === 1 ? String(first) : `${first},${count}`;
  };
  const body = shown.map(({ sign, text }) =>
    text.endsWith('\n') ? `${sign}${text}` : `${sign}${text}\n\\ No newline at end of file\n`,
  );
  return `@@ -${range('+')} +${range('-')} @@\n${body.join('')}`;
}
