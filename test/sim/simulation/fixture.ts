import { formatProblem } from '../../../lambda/domain/validation/problem.ts';
import { parseScenario, type Scenario } from '../../../sim/scenario/index.ts';
import type { SimulationResult } from '../../../sim/simulation/index.ts';
import type { TierResult } from '../../../sim/simulation/result.ts';

/** A valid scenario. @param readFile - reads the arrivals of a stream. Default: an empty file. */
export function scenarioFrom(text: string, readFile = (_name: string) => ''): Scenario {
  const { scenario, problems } = parseScenario(text, readFile);
  if (!scenario) throw new TypeError(problems.map(formatProblem).join('\n'));
  return scenario;
}

/** The figures of a tier under one of the sets, by its place. */
export function tierOf({ sets }: SimulationResult, set: number, tier: string): TierResult {
  const found = sets[set]?.tiers.find((one) => one.tier === tier);
  if (!found) throw new TypeError(`no tier ${tier}`);
  return found;
}
