import type { JudgedCell } from './result.ts';

/** Half hours, one after another, in which the waits of a tier are on one side of their bands. */
export interface Stretch {
  readonly tier: string;
  /** By the clock of the scenario: `2026-11-23`, `10:00`. */
  readonly day: string;
  readonly from: string;
  readonly to: string;
  /** The mean waits of their contacts, in seconds. */
  readonly observed: number;
  readonly simulated: number;
}

/** So many are enough to show where a scenario is wrong. */
const MOST = 3;

interface OpenStretch {
  readonly tier: string;
  readonly from: string;
  to: string;
  readonly isLonger: boolean;
  contacts: number;
  observed: number;
  simulated: number;
}

/** The stretches with the most wait that was not foreseen, or not there, the worst first. */
export function worstStretches(cells: readonly JudgedCell[]): Stretch[] {
  return stretchesOf(cells)
    .toSorted((a, b) => Math.abs(b.observed - b.simulated) - Math.abs(a.observed - a.simulated))
    .slice(0, MOST)
    .map(({ tier, from, to, contacts, observed, simulated }) => ({
      tier,
      day: from.slice(0, 10),
      from: from.slice(11, 16),
      to: to.slice(11, 16),
      observed: observed / contacts,
      simulated: simulated / contacts,
    }));
}

/** @param cells - those of a tier in order of time. */
function stretchesOf(cells: readonly JudgedCell[]): OpenStretch[] {
  const stretches: OpenStretch[] = [];
  let open: OpenStretch | undefined;
  for (const { tier, from, to, contacts, figures } of cells) {
    const { meanWait } = figures;
    if (!meanWait || meanWait.isWithin) {
      open = undefined;
      continue;
    }
    const isLonger = meanWait.observed > meanWait.simulated;
    const goesOn = open?.tier === tier && open.to === from && open.isLonger === isLonger;
    if (!open || !goesOn) {
      open = { tier, from, to, isLonger, contacts: 0, observed: 0, simulated: 0 };
      stretches.push(open);
    }
    open.to = to;
    open.contacts += contacts;
    open.observed += contacts * meanWait.observed;
    open.simulated += contacts * meanWait.simulated;
  }
  return stretches;
}
