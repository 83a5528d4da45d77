export type { Distribution } from './distribution.ts';
export { exponential, logNormal } from './draws.ts';
export { expectedArrivals, type RateCurve } from './rate-curve.ts';
export { type AgentGroup, roster, type TimeRange, type WorkingHours } from './roster.ts';
export type { ListedArrival, StreamContact, StreamSpec } from './stream.ts';
export { type RunKey, Workload, type WorkloadSpec } from './workload.ts';
