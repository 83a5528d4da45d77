export { type Distribution, meanMsOf } from './distribution.ts';
export { exponential, logNormal } from './draws.ts';
export { expectedArrivals, type RateCurve } from './rate-curve.ts';
export { type AgentGroup, roster, type TimeRange } from './roster.ts';
export type { ListedArrival, StreamSpec, Transfer } from './stream.ts';
export { type RunKey, Workload } from './workload.ts';
