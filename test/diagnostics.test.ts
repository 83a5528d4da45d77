import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const entries = [...readFileSync(join(ROOT, 'docs/diagnostics.md'), 'utf8').matchAll(/^### (.+)\n(.+)/gm)];

/** The codes of problems and warnings in the sources. */
const codes = new Set(
  globSync(['lambda/domain/**/*.ts', 'cli/sources/*.ts'], { cwd: ROOT }).flatMap((file) =>
    [
      ...readFileSync(join(ROOT, file), 'utf8').matchAll(
        /(?:\bcode: |\b(?:\w+P|p)roblem(?:Of)?\(\s*|\breport\(\s*)'([a-z]+(?:-[a-z]+)*)'/gm,
      ),
    ].map(([, code = '']) => code),
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
