import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { codeFingerprint } from '../../lib/bundling/code-fingerprint.ts';
import { pureCode } from '../../lib/bundling/pure-code.ts';

const LAMBDA = join(import.meta.dirname, '../../lambda');
const folder = mkdtempSync(join(tmpdir(), 'pure-code-'));

afterAll(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), content);
  }
}

test('of the domain a bundle has what is used, and of handlers all that is done', async () => {
  const table = (name: string) => `const ${name} = new Map(Object.entries({ ${name}: 1 }));\n`;
  write({
    'domain/a.ts': `${table('tableOfA')}export const a = () => tableOfA;`,
    'domain/b.ts': `import { a } from './a.ts';\n${table('tableOfB')}export const b = () => tableOfB;\nexport const c = () => a();`,
    'handler/index.ts': `import { b } from '../domain/b.ts';\nimport './effect.ts';\nconsole.log(b());`,
    'handler/effect.ts': table('effect'),
  });
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'handler/index.ts')],
    bundle: true,
    write: false,
    plugins: [pureCode(folder)],
  });
  const code = outputFiles[0]?.text ?? '';
  const has = (name: string) => code.includes(name);
  expect(['tableOfA', 'tableOfB', 'effect'].map(has)).toStrictEqual([false, true, true]);
});

test('no module of the functions is imported for its effect alone', () => {
  const files = globSync('**/*.ts', { cwd: LAMBDA });
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => /^import '/m.test(readFileSync(join(LAMBDA, file), 'utf8')))).toEqual([]);
});

test('the fingerprint of code is another one with each change, and the same in another place', () => {
  const of = (files: Readonly<Record<string, string>>, place: string) => {
    write(Object.fromEntries(Object.entries(files).map(([name, text]) => [`${place}/${name}`, text])));
    return codeFingerprint(join(folder, place));
  };
  const fingerprints = [
    of({ 'a.ts': 'one', 'x/b.ts': 'two' }, 'p1'),
    of({ 'a.ts': 'one', 'x/b.ts': 'three' }, 'p2'),
    of({ 'a.ts': 'one', 'x/c.ts': 'two' }, 'p3'),
    of({ 'a.ts': 'onetwo', 'x/b.ts': '' }, 'p4'),
    of({ 'a.ts': 'one' }, 'p5'),
  ];
  expect(new Set(fingerprints).size).toBe(fingerprints.length);
  expect(fingerprints[0]).toMatch(/^[\da-f]{32}$/);
  expect(of({ 'a.ts': 'one', 'x/b.ts': 'two', 'x/notes.md': 'more' }, 'p6')).toBe(fingerprints[0]);
});
