import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const entries = [...readFileSync(join(ROOT, 'docs/diagnostics.md'), 'utf8').matchAll(/^### (.+)\n(.+)/gm)];

/** A code in a source file: as a member, as the first argument of a call, or assigned to a constant. */
const CODE = new RegExp(
  [
    /(?:\bcode: |\b(?:\w+P|p)roblem(?:Of)?\(\s*|\breport\w*\(\s*(?:\w+, )?|(?<=\bcode = [^;]*)[?:] )/,
    /'([a-z]+(?:-[a-z]+)*)'/,
  ]
    .map(({ source }) => source)
    .join(''),
  'g',
);

const codes = new Set(
  globSync(['lambda/domain/**/*.ts', 'cli/{sources,connect-names}/*.ts'], { cwd: ROOT }).flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(CODE)].map(([, code = '']) => code),
  ),
);

describe('docs/diagnostics.md', () => {
  test.each([...codes].sort())('explains %s', (code) => {
    expect(entries.map(([, heading]) => heading)).toContain(code);
  });

  test('explains no code that does not exist', () => {
    expect(entries.map(([, heading = '']) => heading).filter((heading) => !codes.has(heading))).toEqual([]);
  });
});
