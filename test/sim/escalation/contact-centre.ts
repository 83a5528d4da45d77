import type { AgentGroup, StreamSpec } from '../../../sim/workload/index.ts';

/** A stream of contacts into the queue `q`. */
export function stream(name: string, perHour: number, contact: Partial<StreamSpec['contact']>): StreamSpec {
  return {
    name,
    arrivals: { shape: 'step', points: [{ atMs: 0, perHour }] },
    contact: { queueId: 'q', channel: 'VOICE', initiationMethod: 'INBOUND', ...contact },
    handling: { kind: 'log-normal', meanMs: 240_000, variation: 0.8 },
    patience: { kind: 'weibull', meanMs: 600_000, shape: 1.3 },
    transfers: [
      { by: 'agent', probability: 0.2, queueId: 'r' },
      { by: 'flow', probability: 0.1, queueId: 'r' },
    ],
    redial: { probability: 0.4, delay: { kind: 'exponential', meanMs: 120_000 } },
  };
}

/** Contacts of all kinds, and some whose flow has raised them. */
export const STREAMS = [
  stream('gold', 25, { tags: { tier: 'gold' } }),
  stream('spanish', 15, { tags: { language: 'es' } }),
  stream('private', 15, { attributes: { segment: 'private-1' } }),
  stream('chat', 20, { channel: 'CHAT', initiationMethod: 'API' }),
  stream('other', 40, {}),
  stream('raised', 10, { tags: { tier: 'gold' }, routing: { priority: 2 } }),
];

/** Too few of them. */
export const AGENTS: AgentGroup[] = [
  {
    name: 'a',
    count: 6,
    channels: ['VOICE', 'CHAT'],
    queues: [
      { queueId: 'q', priority: 1 },
      { queueId: 'r', priority: 2 },
    ],
    proficiencies: { Language: { Spanish: 5 } },
  },
];
