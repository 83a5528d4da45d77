import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/* Words that made readers read a sentence twice. The glossary and plain English have better ones. */

const ROOT = join(import.meta.dirname, '..');
const WORDS =
  /\b(lest|whoever|whomever|whom|mend|mends|mended|mending|reckon|reckons|reckoned|heed|heeds|dealings|tells? of|told|foretell|for ever|hangs? on|held against|holds? against|made good|makes? good)\b/i;

/** Sentences that use such a word in another sense. */
const ALLOWED: readonly RegExp[] = [/the ratchet holds against/i];

/** This file, and those that name what is exempt: old names of stored members, bad input. */
const EXEMPT = new Set([
  'test/english.test.ts',
  'lambda/domain/contact/record-versions.ts',
  'test/domain/policy/route/problems.test.ts',
]);

/** Files that people read. */
const FILES = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
  .split('\0')
  .filter((path) => /\.(tsx?|js|md|yaml|css|yml)$/.test(path) && !EXEMPT.has(path));

test('nothing that people read uses such a word', () => {
  const hard = FILES.flatMap((path) =>
    readFileSync(join(ROOT, path), 'utf8')
      .split('\n')
      .map((line, index) => `${path}:${index + 1} ${line.trim()}`)
      .filter((line) => WORDS.test(line) && !ALLOWED.some((allowed) => allowed.test(line))),
  );
  expect(FILES.length).toBeGreaterThan(500);
  expect(hard).toEqual([]);
});
