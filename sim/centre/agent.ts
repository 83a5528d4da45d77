import type { Agent, AgentQueueAssignment } from './entities.ts';
import type { AgentSpec, ChannelConcurrency, ServedQueue } from './types.ts';

/** The time that a contact must have waited before it is offered to the agent. */
export function delayMsOf(served: ServedQueue): number {
  return (served.delaySeconds ?? 0) * 1_000;
}

/** A new agent, who is away. */
export function newAgent(spec: AgentSpec, assignments: readonly AgentQueueAssignment[]): Agent {
  return {
    spec,
    channels: channelSet(spec.channels),
    concurrency: maxContacts(spec),
    isAway: true,
    availableChannels: NO_CHANNELS,
    assignments,
    contacts: new Set(),
    availableOrder: 0,
  };
}

/** True when the agent can take one more contact by manual assignment. */
export function hasCapacity(agent: Agent): boolean {
  return !agent.isAway && agent.contacts.size < agent.concurrency;
}

/** The channels in which the agent may be offered one more contact, given the current ones. */
export function availableChannels({
  spec,
  channels,
  concurrency,
  contacts,
  isAway,
}: Agent): ReadonlySet<string> {
  if (isAway || contacts.size >= concurrency) return NO_CHANNELS;
  if (typeof spec.concurrency !== 'object' || contacts.size === 0) return channels;
  const byChannel = Map.groupBy(contacts, ({ source }) => source.channel);
  const available = spec.channels.filter((channel) => {
    if ((byChannel.get(channel)?.length ?? 0) >= concurrencyOf(spec, channel).contacts) return false;
    return byChannel.keys().every((other) => other === channel || concurrencyOf(spec, other).otherChannels);
  });
  return channelSet(available);
}

const channelSets = new Map<string, ReadonlySet<string>>();
const NO_CHANNELS = channelSet([]);

/** Returns the same set for the same channels, so that idle groups compare sets by identity. */
function channelSet(channels: readonly string[]): ReadonlySet<string> {
  const key = [...channels].sort().join(' ');
  const set = channelSets.get(key) ?? new Set(channels);
  channelSets.set(key, set);
  return set;
}

function concurrencyOf({ concurrency }: AgentSpec, channel: string): ChannelConcurrency {
  return (typeof concurrency === 'object' ? concurrency[channel] : undefined) ?? { contacts: 1 };
}

/** With limits per channel: the sum over the channels that admit others, plus the largest of the rest. */
function maxContacts(spec: AgentSpec): number {
  if (typeof spec.concurrency !== 'object') return spec.concurrency ?? 1;
  const limits = spec.channels.map((channel) => concurrencyOf(spec, channel));
  const [shared, alone] = [
    limits.filter((one) => one.otherChannels),
    limits.filter((one) => !one.otherChannels),
  ];
  return (
    shared.reduce((sum, { contacts }) => sum + contacts, 0) +
    Math.max(0, ...alone.map(({ contacts }) => contacts))
  );
}

/**
 * Negative where `a` is offered a contact before `b`: fewer contacts first, then longest available first.
 *
 * Source: Amazon Connect administrator guide, "Queue priority and delay examples", example 7.
 */
export function compareAvailability(a: Agent, b: Agent): number {
  return a.contacts.size - b.contacts.size || a.availableOrder - b.availableOrder;
}
