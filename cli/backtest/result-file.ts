import { createHash } from 'node:crypto';
import { canonicalJson } from '../../lambda/domain/json.ts';
import type { Scenario } from '../../sim/scenario/index.ts';

/** The file of the result for a scenario: `centre.backtest.json` beside `centre.yaml`. */
export function resultFile(scenarioFile: string, option?: string | boolean): string {
  if (typeof option === 'string') return option;
  return `${scenarioFile.replace(/\.(?:ya?ml|json)$/i, '')}.backtest.json`;
}

/**
 * What a scenario means, as a short text: it changes with whatever a simulation depends on, and not with names,
 * comments and the hours that are simulated.
 */
export function scenarioDigest(scenario: Scenario): string {
  const { name: _name, description: _description, hours: _hours, fitted: _fitted, ...meaning } = scenario;
  return createHash('sha256').update(canonicalJson(meaning)).digest('hex').slice(0, 32);
}
