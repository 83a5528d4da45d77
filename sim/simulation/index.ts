export type { Estimate, SimulatedSetResult, SimulationResult, TierResult } from './result.ts';
export { type NamedPolicySet, type SimulationOptions, simulate } from './simulate.ts';
