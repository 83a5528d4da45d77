import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseScenario, type Scenario } from '../../sim/scenario/index.ts';
import type { PrintableFinding } from '../check/format.ts';
import { asUsageError } from '../sources/read.ts';

/** A scenario and warnings, or what is wrong with it. */
export interface ParsedScenario {
  readonly scenario?: Scenario;
  readonly findings: readonly PrintableFinding[];
}

/**
 * Reads a scenario. Files that it names are looked for beside it.
 *
 * @param hours - instead of those of the scenario.
 * @throws UsageError when the file cannot be read.
 */
export async function readScenario(file: string, cwd: string, hours?: number): Promise<ParsedScenario> {
  const path = resolve(cwd, file);
  const text = await asUsageError(file, () => readFile(path, 'utf8'));
  const readFileBeside = (name: string) => readFileSync(resolve(dirname(path), name), 'utf8');
  const { scenario, problems, warnings } = parseScenario(text, readFileBeside, hours);
  const source = { file, text };
  const findings = [
    ...problems.map((problem) => ({ severity: 'error' as const, source, ...problem })),
    ...warnings.map((warning) => ({ severity: 'warning' as const, source, ...warning })),
  ];
  return { ...(scenario ? { scenario } : {}), findings };
}
