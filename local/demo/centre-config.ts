import type { InstanceSpec } from '../../sim/centre/index.ts';

/** The Connect instance of the local system. */
export const INSTANCE: InstanceSpec = {
  id: '11111111-2222-3333-4444-555555555555',
  account: '123456789012',
  region: 'eu-central-1',
};

/** A queue without agents, for the latency probe and for contacts that a user adds. No scenario may have it. */
export const QUIET_QUEUE = 'quiet';
