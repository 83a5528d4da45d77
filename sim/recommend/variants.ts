import type { Scenario } from '../scenario/index.ts';
import type { AgentGroup, Distribution, StreamSpec } from '../workload/index.ts';

/** A scenario that differs a little from the one that was given. */
export interface Variant {
  /** For people: `10 % more contacts`. */
  readonly name: string;
  readonly scenario: Scenario;
}

/** The variants in which a recommended policy must do as well: no scenario is exactly right. */
export function stressVariants(scenario: Scenario): Variant[] {
  return [
    { name: '10 % more contacts', scenario: withVolume(scenario, 1.1) },
    { name: '10 % fewer contacts', scenario: withVolume(scenario, 0.9) },
    { name: '10 % more agents', scenario: withAgents(scenario, 1.1) },
    { name: '10 % fewer agents', scenario: withAgents(scenario, 0.9) },
    { name: '20 % more patience', scenario: withPatience(scenario, 1.2) },
    { name: '20 % less patience', scenario: withPatience(scenario, 0.8) },
  ];
}

/** Multiplies the arrivals. In a list of arrivals, some are left out or come twice, evenly spread. */
export function withVolume(scenario: Scenario, factor: number): Scenario {
  return {
    ...scenario,
    streams: scenario.streams.map((stream) => ({ ...stream, ...scaledArrivals(stream, factor) })),
  };
}

function scaledArrivals({ arrivals }: StreamSpec, factor: number): Pick<StreamSpec, 'arrivals'> {
  if ('points' in arrivals) {
    const points = arrivals.points.map((point) => ({ ...point, perHour: point.perHour * factor }));
    return { arrivals: { ...arrivals, points } };
  }
  // The n-th arrival comes as often as the scaled count grows with it.
  const copies = (index: number) =>
    Math.floor((index + 1) * factor + 1e-9) - Math.floor(index * factor + 1e-9);
  return {
    arrivals: [...arrivals].flatMap((arrival, index) =>
      Array.from({ length: copies(index) }, (_, copy) => {
        const { contactId, ...rest } = arrival;
        return contactId === undefined || copy === 0
          ? arrival
          : { ...rest, contactId: `${contactId}+${copy}` };
      }),
    ),
  };
}

/** Multiplies the agents, as nearly as whole agents can. Each group keeps at least one. */
export function withAgents(scenario: Scenario, factor: number): Scenario {
  let [before, after] = [0, 0];
  const agents = scenario.agents.map((group): AgentGroup => {
    before += group.count;
    // Rounding the sum, and not each group, keeps the total right.
    const count = Math.max(1, Math.round(before * factor) - after);
    after += count;
    return { ...group, count };
  });
  return { ...scenario, agents };
}

/** Multiplies the patience of all customers. */
export function withPatience(scenario: Scenario, factor: number): Scenario {
  const streams = scenario.streams.map((stream) => ({
    ...stream,
    patience: scaled(stream.patience, factor),
  }));
  return { ...scenario, streams };
}

function scaled(distribution: Distribution, factor: number): Distribution {
  switch (distribution.kind) {
    case 'constant':
      return { ...distribution, ms: distribution.ms * factor };
    case 'log-normal':
      return 'meanMs' in distribution
        ? { ...distribution, meanMs: distribution.meanMs * factor }
        : { ...distribution, medianMs: distribution.medianMs * factor };
    case 'exponential':
    case 'weibull':
      return { ...distribution, meanMs: distribution.meanMs * factor };
    case 'values':
      return { ...distribution, values: distribution.values.map((value) => value * factor) };
    case 'never':
      return distribution;
  }
}
