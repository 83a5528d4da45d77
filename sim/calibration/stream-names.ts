import type { StreamKey } from './stream-sample.ts';

/** The tier of contacts that have none of the tags. */
const NO_TIER = 'other';

/** The tier as a scenario names it. */
export function tierName({ tier }: StreamKey): string {
  const known = tier.filter((value) => value !== undefined && value !== '');
  return known.length === 0 ? NO_TIER : known.join(' ');
}

/** Unique names: the tier; with the queue and the channel where several streams have it. */
export function streamNames(streams: readonly StreamKey[]): string[] {
  const tiers = streams.map(tierName);
  return streams.map((stream, index) => {
    const tier = tiers[index] ?? NO_TIER;
    if (tiers.indexOf(tier) === tiers.lastIndexOf(tier)) return tier;
    return `${tier} ${stream.channel} ${stream.queueId}`;
  });
}
