export type { Estimate, SimulatedSetResult, SimulationResult, TierResult } from './result.ts';
export { type NamedPolicySet, simulate } from './simulate.ts';
