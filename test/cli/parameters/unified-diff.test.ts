import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { colourDiff, unifiedDiff } from '../../../cli/parameters/unified-diff.ts';
import { renderText } from '../../../cli/styled-text.ts';

const LABELS = { before: 'old', after: 'new' };
const ten = (change: Record<number, string> = {}) =>
  Array.from({ length: 10 }, (_, index) => change[index + 1] ?? `line ${index + 1}\n`).join('');

describe('unifiedDiff', () => {
  test.each([
    { name: 'equal texts', before: 'a\n', after: 'a\n', diff: '' },
    {
      name: 'added lines',
      before: '',
      after: 'a\nb\n',
      diff: '--- old\n+++ new\n@@ -0,0 +1,2 @@\n+a\n+b\n',
    },
    { name: 'removed lines', before: 'a\n', after: '', diff: '--- old\n+++ new\n@@ -1 +0,0 @@\n-a\n' },
    {
      name: 'three lines around a change',
      before: ten(),
      after: ten({ 5: 'LINE 5\n' }),
      diff: '--- old\n+++ new\n@@ -2,7 +2,7 @@\n line 2\n line 3\n line 4\n-line 5\n+LINE 5\n line 6\n line 7\n line 8\n',
    },
    {
      name: 'changes far apart',
      before: ten(),
      after: ten({ 1: '', 10: 'LINE 10\n' }),
      diff: '--- old\n+++ new\n@@ -1,4 +1,3 @@\n-line 1\n line 2\n line 3\n line 4\n@@ -7,4 +6,4 @@\n line 7\n line 8\n line 9\n-line 10\n+LINE 10\n',
    },
    {
      name: 'the end of the last line',
      before: 'a',
      after: 'a\n',
      diff: '--- old\n+++ new\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n',
    },
  ])('$name', ({ before, after, diff }) => {
    expect(unifiedDiff(before, after, LABELS)).toBe(diff);
  });

  const text = fc
    .array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { maxLength: 30 })
    .chain((lines) => fc.constantFrom('', 'a').map((last) => lines.join('') + last));

  test('a patch changes the first text into the second', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applyPatch(before, unifiedDiff(before, after, LABELS))).toBe(after);
      }),
    );
  });

  test('removed, added and header lines have colours', () => {
    expect(renderText(colourDiff('@@ -1 +1 @@\n-a\n+b\n c\n'), true)).toBe(
      '\u001b[36m@@ -1 +1 @@\u001b[39m\n\u001b[31m-a\u001b[39m\n\u001b[32m+b\u001b[39m\n c\n',
    );
  });
});

/** Applies a diff by the line numbers of its hunks, as `patch` does. */
function applyPatch(before: string, diff: string): string {
  const old = before === '' ? [] : before.split(/(?<=\n)/);
  const result: string[] = [];
  let position = 0;
  for (const hunk of diff.split(/^(?=@@ )/m).slice(1)) {
    const [header = '', ...lines] = hunk.split(/(?<=\n)(?!\\)/);
    const [, first = '0', count = '1'] = /^@@ -(\d+)(?:,(\d+))? /.exec(header) ?? [];
    const start = Number(first) - (count === '0' ? 0 : 1);
    result.push(...old.slice(position, start));
    position = start + Number(count);
    for (const line of lines.filter((one) => !one.startsWith('-'))) {
      result.push(line.slice(1).replace('\n\\ No newline at end of file\n', ''));
    }
  }
  return [...result, ...old.slice(position)].join('');
}
