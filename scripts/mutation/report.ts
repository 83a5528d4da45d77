import { dirname } from 'node:path/posix';
import type { Judged } from './campaign.ts';

/** How many mutants of a folder were killed. */
export interface Score {
  readonly folder: string;
  readonly killed: number;
  readonly total: number;
}

/** The scores of the folders, by name, each with what is below it. */
export function scoresOf(judged: readonly Judged[]): Score[] {
  const scores = new Map<string, { killed: number; total: number }>();
  for (const { mutant, outcome } of judged) {
    for (let folder = dirname(mutant.file); folder.includes('/'); folder = dirname(folder)) {
      const score = scores.get(folder) ?? { killed: 0, total: 0 };
      score.total += 1;
      if (outcome === 'killed') score.killed += 1;
      scores.set(folder, score);
    }
  }
  return [...scores]
    .map(([folder, score]) => ({ folder, ...score }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/**
 * The mutants that were not killed, by file, and the scores: one without a verdict counts as not killed. Known survivors
 * are counted, and named only where they were killed: then they are to be removed from the list.
 */
export function formatReport(judged: readonly Judged[], isKnown: (judged: Judged) => boolean): string {
  const survivors = judged.filter(({ outcome }) => outcome !== 'killed');
  const known = judged.filter(isKnown);
  const killedAllTheSame = known.filter(({ outcome }) => outcome === 'killed');
  const byFile = Object.groupBy(
    survivors.filter((one) => !isKnown(one)),
    ({ mutant }) => mutant.file,
  );
  const files = Object.entries(byFile).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = files.flatMap(([file, survivors = []]) => [
    file,
    ...survivors
      .toSorted((a, b) => a.mutant.line - b.mutant.line)
      .map((one) => {
        const { line, functionName, change } = one.mutant;
        return `${String(line).padStart(6)}  ${functionName}  ${change}${remarkOn(one)}`;
      }),
    '',
  ]);
  const killed = judged.length - survivors.length;
  const scores = [...scoresOf(judged), { folder: 'all', killed, total: judged.length }];
  const knownLines = [
    ...killedAllTheSame.map(
      ({ mutant: { file, functionName, change } }) =>
        `Killed, so remove it from scripts/mutation/known-survivors: ${file}  ${functionName}  ${change}`,
    ),
    `${known.length - killedAllTheSame.length} of the survivors are listed with reasons in scripts/mutation/known-survivors.`,
    '',
  ];
  return [...lines, ...(known.length > 0 ? knownLines : []), ...scores.map(formatScore)].join('\n');
}

function remarkOn({ outcome, reason }: Judged): string {
  if (outcome === 'unreached') return '  (no test reaches it)';
  return outcome === 'undecided' ? `  (no verdict: ${reason})` : '';
}

/** In percent, rounded down. */
export function percent(killed: number, total: number): number {
  return total === 0 ? 100 : Math.floor((1_000 * killed) / total) / 10;
}

function formatScore({ folder, killed, total }: Score): string {
  const share = percent(killed, total).toFixed(1).padStart(5);
  return `${folder.padEnd(34)} ${share} %  ${String(killed).padStart(5)} of ${String(total).padStart(5)} killed`;
}
