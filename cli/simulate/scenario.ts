import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseScenario, type Scenario } from '../../sim/scenario/index.ts';
import type { PrintableFinding } from '../check/print.ts';
import { orUsageError } from '../sources/read.ts';

/** A scenario, or what is wrong with it. */
export interface ReadScenario {
  readonly scenario?: Scenario;
  readonly findings: readonly PrintableFinding[];
}

/**
 * Reads a scenario. Files that it names are looked for beside it.
 *
 * @throws UsageError when the file cannot be read.
 */
export async function readScenario(file: string, cwd: string): Promise<ReadScenario> {
  const path = resolve(cwd, file);
  const text = await orUsageError(file, () => readFile(path, 'utf8'));
  const { scenario, problems } = parseScenario(text, (name) =>
    readFileSync(resolve(dirname(path), name), 'utf8'),
  );
  const findings = problems.map((problem) => ({
    severity: 'error' as const,
    source: { file, text },
    ...problem,
  }));
  return { ...(scenario ? { scenario } : {}), findings };
}
