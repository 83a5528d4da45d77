import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const PAGE = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

/** The files of the walk in their order, as the numbered list names them. */
const WALK = [...PAGE.matchAll(/^\d+\. \[`(lambda\/[^`]+)`\]/gm)].map(([, path]) => path as string);

/** The project's own files that a file imports, also through the `index.ts` of a folder. */
function importsOf(path: string): string[] {
  const source = readFileSync(join(ROOT, path), 'utf8');
  return [...source.matchAll(/from '(\.[^']+)'/g)].flatMap(([, specifier]) => {
    const imported = normalize(join(dirname(path), specifier as string));
    return imported.endsWith('/index.ts') ? [imported, ...importsOf(imported)] : [imported];
  });
}

describe('the life of a contact event', () => {
  test('crosses at most 25 files, each once', () => {
    expect(WALK.length).toBeGreaterThan(20);
    expect(WALK.length).toBeLessThanOrEqual(25);
    expect(new Set(WALK).size).toBe(WALK.length);
  });

  // A handler is invoked by AWS, and the files of lambda/aws are reached through ports.
  test.each(WALK.filter((path) => !/^lambda\/(aws|[^/]+\/index\.ts)/.test(path)))(
    '%s is called from a file before it',
    (path) => {
      const before = WALK.slice(0, WALK.indexOf(path));
      expect(before.filter((earlier) => importsOf(earlier).includes(path))).not.toEqual([]);
    },
  );
});

test('every file and folder that the page names exists', () => {
  const named = [
    ...PAGE.matchAll(
      /`((?:lambda|lib|bin|cli|sim|local|bench|scripts|test|docs|policies|schemas)\/[\w./-]+)`/g,
    ),
  ].map(([, path]) => path as string);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
