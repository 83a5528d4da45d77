import { expect, test } from '@jest/globals';
import {
  ADAPTERS_SEEDS,
  campaignFor,
  outcomeOf,
  SEEDS,
  WORLD_SEEDS,
} from '../../../scripts/dst-mutants/hunt.ts';
import type { Mutant } from '../../../scripts/dst-mutants/mutants.ts';

const MUTANT: Mutant = { name: 'm', defect: 'd', edits: [] };

test.each<[string, Partial<Mutant>, string]>([
  ['in the flow', {}, `--seeds ${SEEDS} --threads 1`],
  ['in an adapter', { isInAdapters: true }, `--adapters --seeds ${ADAPTERS_SEEDS} --threads 1`],
  ['of some worlds', { dimension: 'targets' }, `--seeds ${WORLD_SEEDS} --with targets --threads 1`],
])('a campaign for a mutant %s', (_case, part, expected) => {
  expect(campaignFor({ ...MUTANT, ...part }).join(' ')).toBe(expected);
});

test('a violation finds a mutant, with the first seed', () => {
  const stdout =
    'seeds  12\n\nVIOLATED, first by seed 1200:\n  invariant 19 (what a port answers) at 1.000 s: c-1\n';
  expect(outcomeOf(stdout, '1 of 150 seeds\n')).toStrictEqual({ kind: 'found', seed: 1200, invariant: 19 });
});

test.each([
  ['ran to its end', '25 of 3000 seeds\n50 of 3000 seeds\n', ''],
  ['ended with an error', '25 of 3000 seeds\nTypeError: no\n', 'TypeError: no\n'],
])('a mutant is missed where the campaign %s', (_case, stderr, error) => {
  expect(outcomeOf('No invariant was violated.\n', stderr)).toStrictEqual({ kind: 'missed', error });
});

test('a mutant is missed where a signal ends the campaign, and the signal is named', () => {
  expect(outcomeOf('', '25 of 3000 seeds\n', 'SIGKILL')).toStrictEqual({
    kind: 'missed',
    error: 'The campaign was ended by SIGKILL.\n',
  });
});
