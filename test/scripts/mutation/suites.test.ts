import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');
const IMPORT = /import \{([^}]+)\} from '@jest\/globals'/g;
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('the suites that judge mutants use of Jest only what the judge has', () => {
  const judge = read('scripts/mutation/judge/test-api.ts');
  const known = new Set([...judge.matchAll(/export (?:const|\{) ?(\w+)/g)].map(([, name]) => name));
  expect(known).toContain('expect');
  const unknown = globSync('test/{domain,flow,aws}/**/*.test.ts', { cwd: ROOT }).flatMap((file) =>
    [...read(file).matchAll(IMPORT)]
      .flatMap(([, names = '']) => names.split(','))
      .map((name) => name.trim().replace(/^type /, ''))
      .filter((name) => name && !known.has(name))
      .map((name) => `${file}: ${name}`),
  );
  expect(unknown).toEqual([]);
});
