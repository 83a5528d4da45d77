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

/** Files that people read, but for this one and the recorded decisions' history. */
const FILES = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' })
  .split('\0')
  .filter((path) => /\.(ts|js|md|yaml|css|yml)$/.test(path) && path !== 'test/english.test.ts');

test.each(FILES)('%s is in plain English', (path) => {
  const lines = readFileSync(join(ROOT, path), 'utf8').split('\n');
  const hard = lines
    .map((line, index) => `${path}:${index + 1} ${line.trim()}`)
    .filter((line) => WORDS.test(line) && !ALLOWED.some((allowed) => allowed.test(line)));
  expect(hard).toEqual([]);
});
