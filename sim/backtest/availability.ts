import type { Scenario } from '../scenario/index.ts';
import type { AgentGroup } from '../workload/index.ts';

const DAY_MS = 86_400_000;

/** An agent who is at work for a part of the time comes and goes in this rhythm. */
const CYCLE_MS = 2 * 3_600_000;

/** The fraction of the golden ratio: its multiples are spread evenly. */
const GOLDEN = 0.618034;

/** A shorter absence or presence is none. */
const LEAST_SHARE = 0.01;

/**
 * Multiplies the agents who are available. Where this is no whole number, one agent of the group is at work for a part
 * of every two hours; groups differ in which part, so that the sum is even.
 */
export function withAvailability(scenario: Scenario, factor: number): Scenario {
  if (factor === 1) return scenario;
  const agents = scenario.agents.flatMap((group, index) => scaledGroup(group, factor, (index * GOLDEN) % 1));
  return { ...scenario, agents };
}

/** @param phase - of the rhythm, from 0 to 1. */
function scaledGroup(group: AgentGroup, factor: number, phase: number): AgentGroup[] {
  const wanted = group.count * factor;
  const whole = Math.floor(wanted + LEAST_SHARE);
  const share = wanted - whole;
  const { ids, ...rest } = group;
  const idsOf = (from: number, to: number) => (ids && from < ids.length ? { ids: ids.slice(from, to) } : {});
  return [
    ...(whole > 0 ? [{ ...rest, ...idsOf(0, whole), count: whole }] : []),
    ...(share >= LEAST_SHARE
      ? [
          {
            ...rest,
            ...idsOf(whole, whole + 1),
            name: `${group.name} in part`,
            count: 1,
            hours: partOf(group.hours ?? [{ fromMs: 0, toMs: DAY_MS }], share, phase),
          },
        ]
      : []),
  ];
}

/** The share of each cycle of working hours, as further breaks. */
function partOf(
  hours: NonNullable<AgentGroup['hours']>,
  share: number,
  phase: number,
): NonNullable<AgentGroup['hours']> {
  const awayMs = (1 - share) * CYCLE_MS;
  return hours.map(({ fromMs, toMs, breaks = [] }) => {
    const away = [...breaks];
    for (let at = fromMs - (1 - phase) * CYCLE_MS; at < toMs; at += CYCLE_MS) {
      const rest = { fromMs: Math.max(fromMs, at), toMs: Math.min(toMs, at + awayMs) };
      if (rest.fromMs < rest.toMs) away.push(rest);
    }
    return { fromMs, toMs, breaks: merged(away) };
  });
}

/** Times in order, those that overlap as one. */
function merged(times: readonly { readonly fromMs: number; readonly toMs: number }[]) {
  const result: { fromMs: number; toMs: number }[] = [];
  for (const { fromMs, toMs } of times.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = result.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else result.push({ fromMs, toMs });
  }
  return result;
}
