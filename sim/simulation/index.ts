export type { Estimate, SetResult, SimulationResult, TierResult } from './result.ts';
export { type SimulatedSet, type SimulationOptions, simulate } from './simulate.ts';
