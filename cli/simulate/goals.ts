import { type Goal, judgedSets, parseGoals } from '../../sim/goals/index.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import type { SimulationResult } from '../../sim/simulation/index.ts';
import type { PrintableFinding } from '../check/format.ts';
import { readTextFile } from '../sources/read.ts';

/**
 * Reads the goals for the tiers of a scenario.
 *
 * @param file - undefined: there are no goals.
 * @returns the goals, or the problems of the file.
 * @throws UsageError when the file cannot be read.
 */
export async function readGoals(
  file: string | undefined,
  { tiers }: Pick<Scenario, 'tiers'>,
  cwd: string,
): Promise<{ goals: readonly Goal[]; findings: readonly PrintableFinding[] }> {
  if (file === undefined) return { goals: [], findings: [] };
  const text = await readTextFile(file, cwd);
  const { goals = [], problems } = parseGoals(text, tiers);
  const source = { file, text };
  return { goals, findings: problems.map((problem) => ({ severity: 'error', source, ...problem })) };
}

/** Whether every judged set certainly meets every goal. True without goals. */
export function meetsGoals(result: SimulationResult): boolean {
  return judgedSets(result).every(({ goals = [] }) => goals.every(({ verdict }) => verdict === 'met'));
}
