import { percentile } from '../statistics/index.ts';
import { type BackTestPlan, SLOT_MS } from './back-test-plan.ts';
import { localIso } from './day-clock.ts';
import { FIGURES, type FigureName, isWait } from './figures.ts';
import type {
  BackTestVerdict,
  Coverage,
  Deviation,
  JudgedFigure,
  JudgedFigures,
  Judgement,
} from './result.ts';
import type { RunFigures } from './simulate-held-out.ts';

/** The ends of the prediction band among the runs: nine of ten runs lie between them. */
const BAND = [0.05, 0.95] as const;

/** Waits that differ by less are equal: agents take a moment to answer, which events include and scenarios may not. */
const EQUAL_SECONDS = 5;

/** Deviations from smaller figures are relative to these, so that a few contacts, or seconds, are no bias. */
const LEAST_WAIT_SECONDS = 5;
const LEAST_SHARE = 0.05;

/** At least this share of the figures of cells must lie within their bands. */
export const MIN_COVERAGE = 0.8;

/** The bias of all contacts must be at most this. */
export const MAX_BIAS = 0.1;

/** Fewer cells, or contacts in them, say too little. */
export const MIN_CELLS = 10;
export const MIN_CONTACTS = 200;

/** Sets the figures of all runs beside those of the recording. */
export function judge(plan: BackTestPlan, runs: readonly RunFigures[]): Judgement {
  const { tiers, cells, clock } = plan;
  const figures = plan.observed.map((_, scope) => judgedFigures(plan, runs, scope));
  const judgedCells = cells.map(({ tier, fromSlot, toSlot, contacts }, index) => ({
    tier,
    from: localIso(clock, clock.dayBeganAt + fromSlot * SLOT_MS),
    to: localIso(clock, clock.dayBeganAt + toSlot * SLOT_MS),
    contacts,
    figures: figures[1 + tiers.length + index] ?? {},
  }));
  const deviation = (scope: number, some: readonly { readonly figures: JudgedFigures }[]): Deviation => {
    const ofScope = figures[scope] ?? {};
    const deviations = deviationsOf(ofScope);
    const sizes = Object.values(deviations).map(Math.abs);
    return {
      contacts: plan.observed[scope]?.contacts ?? 0,
      figures: ofScope,
      deviations,
      bias: sizes.length === 0 ? 0 : sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
      coverage: coverageOf(some),
    };
  };
  return {
    all: deviation(0, judgedCells),
    tiers: tiers.map((tier, index) => ({
      tier,
      ...deviation(
        1 + index,
        judgedCells.filter((cell) => cell.tier === tier),
      ),
    })),
    cells: judgedCells,
  };
}

/** Whether there are cells and contacts enough for a verdict. */
export function hasEnough({ cells }: Pick<BackTestPlan, 'cells'>): boolean {
  return cells.length >= MIN_CELLS && cells.reduce((sum, { contacts }) => sum + contacts, 0) >= MIN_CONTACTS;
}

/** Whether a scenario may be trusted. A bias that chance alone may make is too little to judge by. */
export function verdictOn({ all }: Judgement): BackTestVerdict {
  if (shareOf(all.coverage) < MIN_COVERAGE) return 'not calibrated';
  if (all.bias <= MAX_BIAS) return 'trusted';
  return Object.values(all.figures).every(({ isWithin }) => isWithin)
    ? 'too little to judge'
    : 'not calibrated';
}

export function shareOf({ within, of }: Coverage): number {
  return of === 0 ? 0 : within / of;
}

function judgedFigures(plan: BackTestPlan, runs: readonly RunFigures[], scope: number): JudgedFigures {
  const observed = plan.observed[scope]?.figures;
  return Object.fromEntries(
    FIGURES.flatMap((name, index) => {
      const found = observed?.[name] ?? Number.NaN;
      const values = runs
        .map((figures) => figures[scope * FIGURES.length + index] ?? Number.NaN)
        .filter((value) => !Number.isNaN(value));
      if (Number.isNaN(found) || values.length < runs.length / 2) return [];
      return [[name, judgedFigure(name, found, values)]];
    }),
  );
}

function judgedFigure(name: FigureName, observed: number, values: readonly number[]): JudgedFigure {
  const [low = 0, high = 0] = BAND.map((share) => percentile(values, share));
  const margin = isWait(name) ? EQUAL_SECONDS : 1e-9;
  return {
    observed,
    simulated: values.reduce((sum, value) => sum + value, 0) / values.length,
    low,
    high,
    isWithin: observed >= low - margin && observed <= high + margin,
  };
}

function deviationsOf(figures: JudgedFigures): Deviation['deviations'] {
  return Object.fromEntries(
    FIGURES.flatMap((name) => {
      const figure = figures[name];
      if (!figure) return [];
      const { observed, simulated } = figure;
      const least = isWait(name) ? LEAST_WAIT_SECONDS : LEAST_SHARE;
      return [[name, (simulated - observed) / Math.max(observed, least)]];
    }),
  );
}

function coverageOf(cells: readonly { readonly figures: JudgedFigures }[]): Coverage {
  const all = cells.flatMap(({ figures }) => Object.values(figures));
  return { within: all.filter(({ isWithin }) => isWithin).length, of: all.length };
}
