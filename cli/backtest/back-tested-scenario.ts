import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isObject } from '../../lambda/domain/json.ts';
import { withAvailability } from '../../sim/backtest/availability.ts';
import { LEAST_PERCENT, MOST_PERCENT } from '../../sim/backtest/back-test.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import type { CommandIo } from '../command-io.ts';
import { UsageError } from '../errors.ts';
import { asUsageError } from '../sources/read.ts';
import { resultFile, scenarioDigest } from './result-file.ts';

/** What is needed of a result. */
interface KnownResult {
  readonly verdict: string;
  readonly digest: string;
  readonly agents: number;
}

/**
 * A scenario that may be trusted, with the agents of its back-test.
 *
 * @param file - that of the scenario.
 * @throws UsageError with what to do where it has no back-test, is not trusted, or was changed since.
 */
export async function backTestedScenario(
  file: string,
  scenario: Scenario,
  io: Pick<CommandIo, 'cwd' | 'err'>,
): Promise<Scenario> {
  const path = resultFile(file);
  const { verdict, digest, agents } = await readResult(path, file, io.cwd);
  if (digest !== scenarioDigest(scenario)) {
    throw new UsageError(`${file} was changed since its back-test (${path}). ${adviceFor(file)}`);
  }
  if (verdict !== 'trusted') {
    throw new UsageError(
      `${file} is not trusted: its back-test says "${verdict}", and ${path} why. Change the scenario where it differs from ` +
        `your centre, or calibrate it again. ${adviceFor(file)}`,
    );
  }
  if (agents !== 1) io.err(`As in its back-test, ${file} has ${Math.round(agents * 100)} % of its agents.\n`);
  return withAvailability(scenario, agents);
}

function adviceFor(file: string): string {
  return (
    `Run escalator backtest ${file} RECORDING, with days that it was not fitted to; or add --without-backtest to take it ` +
    'as it is, such as that of a centre that does not exist yet.'
  );
}

async function readResult(path: string, file: string, cwd: string): Promise<KnownResult> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, path), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      return asUsageError(path, () => Promise.reject(error));
    throw new UsageError(
      `Nothing shows that ${file} is like your centre: it has no back-test (${path}). ${adviceFor(file)}`,
    );
  }
  const result = parseResult(text);
  if (!result) throw new UsageError(`${path} is no result of escalator backtest. ${adviceFor(file)}`);
  return result;
}

function parseResult(text: string): KnownResult | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || value.version !== 1 || !isObject(value.scenario)) return undefined;
    const { verdict, agents } = value;
    const { digest } = value.scenario;
    if (typeof verdict !== 'string' || typeof digest !== 'string' || typeof agents !== 'number')
      return undefined;
    const isPossible = agents * 100 >= LEAST_PERCENT && agents * 100 <= MOST_PERCENT;
    return isPossible ? { verdict, digest, agents } : undefined;
  } catch {
    return undefined;
  }
}
