export type { SimulationResult } from './result.ts';
export { type SimulatedSet, type SimulationOptions, simulate } from './simulate.ts';
