import type { AgentSpec, InstanceSpec, QueueSpec } from '../../sim/centre/index.ts';

/** The Connect instance of the local system. */
export const INSTANCE: InstanceSpec = {
  id: '11111111-2222-3333-4444-555555555555',
  account: '123456789012',
  region: 'eu-central-1',
};

/** The queue of the demo's contacts. */
export const SUPPORT_QUEUE = 'support';

/** A queue without agents, for the latency probe and for contacts that a user adds. */
export const QUIET_QUEUE = 'quiet';

export const QUEUES: readonly QueueSpec[] = [
  { id: SUPPORT_QUEUE, name: 'Support' },
  { id: QUIET_QUEUE, name: 'Quiet' },
];

const AGENT_COUNT = 60;

/** Every agent serves the support queue. One in six speaks Spanish; half of these at level 5. */
export function createAgents(): AgentSpec[] {
  return Array.from({ length: AGENT_COUNT }, (_, index) => ({
    id: `agent-${String(index + 1).padStart(2, '0')}`,
    queues: [{ queueId: SUPPORT_QUEUE, priority: 1 }],
    channels: ['VOICE', 'CHAT'],
    proficiencies: {
      Language: { English: 5, ...(index % 6 === 0 ? { Spanish: index % 12 === 0 ? 5 : 2 } : {}) },
    },
  }));
}
