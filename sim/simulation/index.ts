export type { Estimate, GoalResult, SimulatedSetResult, SimulationResult, TierResult } from './result.ts';
export { runScenario } from './run-scenario.ts';
export { type NamedPolicySet, simulate } from './simulate.ts';
