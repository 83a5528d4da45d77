import type { QueueLoad } from '../../lambda/domain/condition/condition.ts';
import type { ContactLifecycle } from './contact-lifecycle.ts';
import type { Agent } from './entities.ts';
import type { RoutingEngine } from './routing-engine.ts';

type MutableLoad = { -readonly [K in keyof QueueLoad]-?: number };

/**
 * The load of each queue by its id, as GetCurrentMetricData reports it: exact, where Connect's numbers are seconds old.
 *
 * @param channel - whose contacts, and the agents for it, count. Default: all together.
 */
export function queueLoads(
  { queues, agents }: Pick<RoutingEngine, 'queues' | 'agents'>,
  { contacts }: Pick<ContactLifecycle, 'contacts'>,
  channel: string | undefined,
  now: number,
): ReadonlyMap<string, Required<QueueLoad>> {
  const loads = new Map<string, MutableLoad>();
  for (const id of queues.keys())
    loads.set(id, { waiting: 0, oldestSeconds: 0, agentsStaffed: 0, agentsAvailable: 0 });
  for (const { state, isPaused, source, queue, enqueuedAt } of contacts.values()) {
    const load = loads.get(queue.id);
    if (!load || state !== 'waiting' || isPaused) continue;
    if (channel !== undefined && source.channel !== channel) continue;
    load.waiting += 1;
    load.oldestSeconds = Math.max(load.oldestSeconds, Math.floor((now - enqueuedAt) / 1_000));
  }
  for (const agent of agents.values()) {
    if (!serves(agent.channels, channel) || agent.isAway) continue;
    for (const { queue } of agent.assignments) {
      const load = loads.get(queue.id);
      if (!load) continue;
      load.agentsStaffed += 1;
      if (serves(agent.availableChannels, channel)) load.agentsAvailable += 1;
    }
  }
  return loads;
}

function serves(channels: Agent['channels'], channel: string | undefined): boolean {
  return channel === undefined ? channels.size > 0 : channels.has(channel);
}
