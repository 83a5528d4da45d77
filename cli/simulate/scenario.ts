import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseScenario, type Scenario } from '../../sim/scenario/index.ts';
import type { PrintableFinding } from '../check/format.ts';
import { readTextFile } from '../sources/read.ts';

export interface ParsedScenario {
  /** Undefined if the file has problems. */
  readonly scenario: Scenario | undefined;
  /** Problems and warnings. */
  readonly findings: readonly PrintableFinding[];
}

/**
 * Reads a scenario. The paths in it start from its directory.
 *
 * @param hours - replaces the hours of the scenario.
 * @throws UsageError when the file cannot be read.
 */
export async function readScenario(file: string, cwd: string, hours?: number): Promise<ParsedScenario> {
  const path = resolve(cwd, file);
  const text = await readTextFile(file, cwd);
  const readSibling = (name: string) => readFileSync(resolve(dirname(path), name), 'utf8');
  const { scenario, problems, warnings } = parseScenario(text, readSibling, hours);
  const source = { file, text };
  const findings = [
    ...problems.map((problem) => ({ severity: 'error' as const, source, ...problem })),
    ...warnings.map((warning) => ({ severity: 'warning' as const, source, ...warning })),
  ];
  return { scenario, findings };
}
