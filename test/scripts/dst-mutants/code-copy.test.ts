import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { CodeCopy } from '../../../scripts/dst-mutants/code-copy.ts';
import type { Mutant } from '../../../scripts/dst-mutants/mutants.ts';

const FILE = 'lambda/domain/json.ts';
const [copy, other] = [new CodeCopy(), new CodeCopy()];
const textIn = ({ directory }: CodeCopy) => readFileSync(join(directory, FILE), 'utf8');
const original = textIn(copy);
const mutant: Mutant = {
  name: 'm',
  defect: 'd',
  edits: [{ file: FILE, find: original, put: 'export const defect = true;' }],
};

afterAll(() => {
  if (existsSync(copy.directory)) copy.remove();
  other.remove();
});

test('a copy has a mutant while its campaign runs, and no other copy has it', async () => {
  await expect(
    copy.withMutant(mutant, async () => {
      expect(textIn(copy)).toBe('export const defect = true;');
      expect(textIn(other)).toBe(original);
      throw new RangeError('the campaign failed');
    }),
  ).rejects.toThrow(new RangeError('the campaign failed'));
  expect(textIn(copy)).toBe(original);
});

test('a copy is removed', () => {
  copy.remove();
  expect(existsSync(copy.directory)).toBe(false);
});
