import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import * as yaml from 'yaml';
import { BUNDLE_OPTIONS } from '../../lib/bundling/bundle-handler.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** Texts that are read otherwise than most, or not at all. */
const ODD_TEXTS = [
  '',
  'a: 1\na: 2',
  'a: &b [1, 0x1f, .inf, 1e3, ~]\nc: *b',
  '<<: { a: 1 }\nb: !!binary aGk=\nc: !other 1',
  '%YAML 1.1\n---\nyes: on\n---\nsecond: 1',
  '\ta: "x\n- [1, {',
  'a: |\n  text\n # not\n b: 2',
  '? [1, 2]\n: é\u00a0x',
];

test('the modules of YAML that are bundled read texts as those with which the tests run', async () => {
  const bundled: typeof yaml = await import(pathToFileURL(join(PROJECT, BUNDLE_OPTIONS.alias.yaml)).href);
  const files = globSync('{policies,cookbook,scenarios}/**/*.yaml', { cwd: PROJECT });
  expect(files.length).toBeGreaterThan(30);
  const texts = [...ODD_TEXTS, ...files.map((file) => readFileSync(join(PROJECT, file), 'utf8'))];
  const read = ({ parseDocument, LineCounter }: typeof yaml, text: string) => {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { lineCounter, prettyErrors: false, merge: true, stringKeys: true });
    const problems = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
      code,
      message,
      pos,
      place: lineCounter.linePos(pos[0]),
    }));
    // As the functions do, which take no value of a document with errors.
    const value = document.errors.length === 0 ? document.toJS() : undefined;
    return { problems, value, range: document.contents?.range };
  };
  for (const text of texts) expect(read(bundled, text)).toEqual(read(yaml, text));
});
