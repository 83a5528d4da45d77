import type { Agent, AgentQueueAssignment } from './entities.ts';
import type { AgentSpec, ChannelConcurrency, ServedQueue } from './types.ts';

/** How long a contact must have waited before the agent is offered it. */
export function delayMsOf(served: ServedQueue): number {
  return (served.delaySeconds ?? 0) * 1_000;
}

/** An agent who is away and has no seats yet. */
export function newAgent(spec: AgentSpec, seats: readonly AgentQueueAssignment[]): Agent {
  return {
    spec,
    channels: channelSet(spec.channels),
    concurrency: maxContacts(spec),
    isAway: true,
    availableChannels: NO_CHANNELS,
    assignments: seats,
    contacts: new Set(),
    availableOrder: 0,
  };
}

/** True when the agent could take one more contact, were it given to them by hand. */
export function hasCapacity(agent: Agent): boolean {
  return !agent.isAway && agent.contacts.size < agent.concurrency;
}

/** The channels of which the agent may be offered one more contact, by what they handle. */
export function availableChannels({
  spec,
  channels,
  concurrency,
  contacts,
  isAway,
}: Agent): ReadonlySet<string> {
  if (isAway || contacts.size >= concurrency) return NO_CHANNELS;
  if (typeof spec.concurrency !== 'object' || contacts.size === 0) return channels;
  const inHand = Map.groupBy(contacts, ({ source }) => source.channel);
  const open = spec.channels.filter((channel) => {
    if ((inHand.get(channel)?.length ?? 0) >= concurrencyOf(spec, channel).contacts) return false;
    return inHand.keys().every((other) => other === channel || concurrencyOf(spec, other).otherChannels);
  });
  return channelSet(open);
}

const channelSets = new Map<string, ReadonlySet<string>>();
const NO_CHANNELS = channelSet([]);

/** One and the same set for the same channels, so that agents who are open alike are known by it. */
function channelSet(channels: readonly string[]): ReadonlySet<string> {
  const key = [...channels].sort().join(' ');
  const set = channelSets.get(key) ?? new Set(channels);
  channelSets.set(key, set);
  return set;
}

function concurrencyOf({ concurrency }: AgentSpec, channel: string): ChannelConcurrency {
  return (typeof concurrency === 'object' ? concurrency[channel] : undefined) ?? { contacts: 1 };
}

/** Where channels have their own limits: all that let others in, and the largest of those that do not. */
function maxContacts(spec: AgentSpec): number {
  if (typeof spec.concurrency !== 'object') return spec.concurrency ?? 1;
  const each = spec.channels.map((channel) => concurrencyOf(spec, channel));
  const [shared, alone] = [each.filter((one) => one.otherChannels), each.filter((one) => !one.otherChannels)];
  return (
    shared.reduce((sum, { contacts }) => sum + contacts, 0) +
    Math.max(0, ...alone.map(({ contacts }) => contacts))
  );
}

/**
 * Negative where `a` is offered a contact before `b`: who handles the fewest contacts, then who has been
 * available for longest.
 *
 * Source: Amazon Connect administrator guide, "Queue priority and delay examples", example 7.
 */
export function compareAvailability(a: Agent, b: Agent): number {
  return a.contacts.size - b.contacts.size || a.availableOrder - b.availableOrder;
}
