export type { Estimate, GoalResult, SimulatedSetResult, SimulationResult, TierResult } from './result.ts';
export { type RunConfiguration, runScenario } from './run-scenario.ts';
export {
  type NamedPolicySet,
  type OnProgress,
  Simulation,
  type SimulationOptions,
  simulate,
} from './simulate.ts';
export { type RunOutcome, simulateRun } from './simulate-run.ts';
